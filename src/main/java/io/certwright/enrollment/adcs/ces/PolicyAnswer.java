package io.certwright.enrollment.adcs.ces;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;

/** The templates that a policy service tells of (MS-XCEP 3.1.4.1.2). */
record PolicyAnswer(List<Template> templates) {
    private static final int ENROLLEE_SUPPLIES_SUBJECT = 1;

    /**
     * One template. What the service does not say is empty.
     *
     * @param name the internal one
     * @param mayEnroll whether this account may
     * @param minimalKeyBits of the public key
     * @param nameFlags msPKI-Certificate-Name-Flag
     */
    record Template(
            String name, Optional<Boolean> mayEnroll, Optional<Integer> minimalKeyBits, Optional<Integer> nameFlags) {
        /** Whether the names in the request count; else Active Directory's do. */
        boolean takesNamesOfRequest() {
            return nameFlags
                    .map(flags -> (flags & ENROLLEE_SUPPLIES_SUBJECT) != 0)
                    .orElse(true);
        }
    }

    static PolicyAnswer in(SoapAnswer answer) throws LifecycleException {
        if (!answer.content().is(Soap.POLICY, "GetPoliciesResponse")) {
            throw answer.malformed("no list of templates, check policy-url");
        }
        List<Template> templates = answer.content()
                .find(Soap.POLICY, List.of("response", "policies"))
                .map(policies -> policies.all(Soap.POLICY, "policy")
                        .flatMap(policy -> policy.find(Soap.POLICY, "attributes").stream())
                        .flatMap(attributes -> templateIn(attributes).stream())
                        .toList())
                .orElse(List.of());
        if (templates.isEmpty()) {
            throw answer.malformed("a list without a single template; the account may enroll for none");
        }
        return new PolicyAnswer(templates);
    }

    private static Optional<Template> templateIn(XmlElement attributes) {
        return attributes
                .textOf(Soap.POLICY, "commonName")
                .map(name -> new Template(
                        name,
                        attributes
                                .find(Soap.POLICY, "permission")
                                .flatMap(permission -> permission.textOf(Soap.POLICY, "enroll"))
                                .map(text -> text.equals("true") || text.equals("1")),
                        attributes
                                .find(Soap.POLICY, "privateKeyAttributes")
                                .flatMap(key -> key.textOf(Soap.POLICY, "minimalKeyLength"))
                                .flatMap(PolicyAnswer::unsigned),
                        attributes.textOf(Soap.POLICY, "subjectNameFlags").flatMap(PolicyAnswer::unsigned)));
    }

    /** 32 bits; what is no number was not said. */
    private static Optional<Integer> unsigned(String text) {
        return text.matches("[0-9]{1,10}") ? Optional.of((int) Long.parseLong(text)) : Optional.empty();
    }

    Optional<Template> find(String name) {
        return templates.stream()
                .filter(template -> template.name().equalsIgnoreCase(name))
                .findFirst();
    }

    List<String> names() {
        return templates.stream().map(Template::name).toList();
    }
}
