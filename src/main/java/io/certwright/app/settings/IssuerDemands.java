package io.certwright.app.settings;

import io.certwright.binding.BindingName;
import io.certwright.config.ConfigMapping;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What issuers ask of the certificates that name them, held against the settings as a whole: key, bindings, and who may stand in. */
final class IssuerDemands {
    private final Map<IssuerName, IssuerChoice> issuers;
    private final Map<String, String> types = new HashMap<>();
    private final Map<BindingName, BindingChoice> bindings;

    IssuerDemands(
            Map<IssuerName, IssuerChoice> issuers,
            Map<String, ConfigMapping> issuerNodes,
            Map<BindingName, BindingChoice> bindings) {
        this.issuers = issuers;
        issuerNodes.forEach((name, node) -> types.put(name, node.text("type", "")));
        this.bindings = bindings;
    }

    /** What is wrong becomes a fault at the certificate's {@code node}. */
    void hold(ManagedCertificate wish, ConfigMapping node) {
        requireKeyThere(wish, issuers.get(wish.issuer()), node);
        requireKind(wish, wish.issuer(), node);
        wish.fallback().ifPresent(second -> {
            requireKind(wish, second, node);
            refuseStranger(second, node);
            requireRootBeforehand(wish, second, node);
        });
    }

    /** A key that an issuer finds on a host never leaves it. */
    private void requireKeyThere(ManagedCertificate wish, @Nullable IssuerChoice issuer, ConfigMapping node) {
        if (issuer == null || !issuer.bringsKeys()) {
            return;
        }
        String on = issuer.host().orElse("");
        boolean elsewhere = wish.bindings().stream()
                .map(bindings::get)
                .anyMatch(binding -> binding.iis()
                        .filter(iis -> iis.host().value().equals(on))
                        .isEmpty());
        if (wish.origin() != KeyOrigin.HOST || elsewhere) {
            node.fault(
                    "issuer",
                    "got " + wish.issuer() + ", whose certificates lie on host " + on
                            + " with their keys, wanted key: { origin: host } and bindings of type iis there");
        }
    }

    /** Not every protocol takes every key. */
    private void requireKind(ManagedCertificate wish, IssuerName issuer, ConfigMapping node) {
        KeyDemands.refusals(typeOf(issuer), wish.key(), wish.origin())
                .forEach((setting, sentence) -> node.section("key").fault(setting, sentence));
    }

    private String typeOf(IssuerName issuer) {
        return types.getOrDefault(issuer.value(), "");
    }

    /** What others put into a store of a host is nothing that could be asked for in need. */
    private void refuseStranger(IssuerName second, ConfigMapping node) {
        if (Optional.ofNullable(issuers.get(second))
                .filter(IssuerChoice::bringsKeys)
                .isPresent()) {
            node.fault(
                    "fallback-issuer",
                    "got \"" + second + "\", which takes what others make, wanted a CA that is asked");
        }
    }

    /** Clients can be given the root of a CA before it is needed, but no certificate that is its own root. */
    private void requireRootBeforehand(ManagedCertificate wish, IssuerName second, ConfigMapping node) {
        if (wish.clients().isPresent() && typeOf(second).equals("selfsigned")) {
            node.fault(
                    "fallback-issuer",
                    "got \"" + second + "\" of type selfsigned, wanted a CA: clients cannot be given a"
                            + " certificate that is its own root before it is issued");
        }
    }
}
