package io.certwright.lifecycle.wish;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.enrollment.IssuerName;
import io.certwright.policy.Allowance;
import io.certwright.trust.ClientGroupName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Our promise: under this name there is at all times a certificate for these names, with such a key, from this issuer, bound
 * there, trusted by those clients.
 *
 * @param fallback who is asked in place of the issuer when that one is out of reach and the end is near
 */
public record ManagedCertificate(
        CertificateName name,
        SubjectAlternativeNames names,
        String friendlyName,
        KeySpec key,
        KeyOrigin origin,
        IssuerName issuer,
        RenewalRule renewal,
        Set<Allowance> allowed,
        List<BindingName> bindings,
        Optional<ClientGroupName> clients,
        List<Recipient> recipients,
        Optional<IssuerName> fallback) {

    /** One that comes from its issuer alone. */
    public ManagedCertificate(
            CertificateName name,
            SubjectAlternativeNames names,
            String friendlyName,
            KeySpec key,
            KeyOrigin origin,
            IssuerName issuer,
            RenewalRule renewal,
            Set<Allowance> allowed,
            List<BindingName> bindings,
            Optional<ClientGroupName> clients,
            List<Recipient> recipients) {
        this(
                name,
                names,
                friendlyName,
                key,
                origin,
                issuer,
                renewal,
                allowed,
                bindings,
                clients,
                recipients,
                Optional.empty());
    }

    public ManagedCertificate {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "certificate " + name + ": got no name, wanted at least one under dns or ips");
        }
        allowed = Set.copyOf(allowed);
        bindings = List.copyOf(bindings);
        recipients = List.copyOf(recipients);
    }

    /** The same promise, of which these hear, too. */
    public ManagedCertificate andTelling(List<Recipient> others) {
        return others.isEmpty() ? this : with(others);
    }

    private ManagedCertificate with(List<Recipient> others) {
        return new ManagedCertificate(
                name,
                names,
                friendlyName,
                key,
                origin,
                issuer,
                renewal,
                allowed,
                bindings,
                clients,
                Stream.concat(others.stream(), recipients.stream()).distinct().toList(),
                fallback);
    }

    /** Whether a certificate of this issuer keeps the promise. */
    public boolean mayComeFrom(IssuerName given) {
        return issuer.equals(given) || fallback.filter(given::equals).isPresent();
    }

    /**
     * What a certificate must be issued anew for when it changes, as one comparable text. Where it is bound, who hears of it and
     * when it is renewed do not belong to it, nor does the issuer that takes over in need: what that one gave stays until the next renewal.
     */
    public String wishDigest() {
        String dns = names.dns().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
        String ips = names.ips().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
        return String.join("|", dns, ips, key.name(), origin.name(), issuer.value(), new TreeSet<>(allowed).toString());
    }
}
