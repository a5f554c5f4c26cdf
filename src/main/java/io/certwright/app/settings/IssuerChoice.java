package io.certwright.app.settings;

import io.certwright.config.ConfigMapping;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.PollPause;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.ces.AdcsCesIssuer;
import io.certwright.enrollment.adcs.ces.CesSettings;
import io.certwright.enrollment.adcs.web.AdcsWebIssuer;
import io.certwright.enrollment.adcs.web.WebSettings;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.enrollment.builtin.BuiltinSettings;
import io.certwright.enrollment.cmp.CmpIssuer;
import io.certwright.enrollment.cmp.CmpParts;
import io.certwright.enrollment.cmp.CmpSettings;
import io.certwright.enrollment.est.EstIssuer;
import io.certwright.enrollment.est.EstParts;
import io.certwright.enrollment.est.EstSettings;
import io.certwright.enrollment.manual.ManualIssuer;
import io.certwright.enrollment.manual.ManualSettings;
import io.certwright.enrollment.scep.ScepIssuer;
import io.certwright.enrollment.scep.ScepParts;
import io.certwright.enrollment.scep.ScepSettings;
import io.certwright.enrollment.selfsigned.SelfSignedIssuer;
import io.certwright.enrollment.selfsigned.SelfSignedSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** An issuer as the settings describe it, ready to be made of what it needs. A new kind of CA is one line in {@link #KINDS}. */
@FunctionalInterface
public interface IssuerChoice {
    Issuer make(IssuerName name, Parts parts);

    /** The host through which it is asked, where it is one of the settings'. */
    default Optional<String> host() {
        return Optional.empty();
    }

    /** Adds a fault where it is asked on a host that is none of these. */
    default void requireHostAmong(Collection<String> hosts) {}

    /** Whether its certificates lie on that host with their keys, so that none is made. */
    default boolean bringsKeys() {
        return false;
    }

    /** What issuers are made of. */
    record Parts(
            IssuerMemory memory,
            KeySealer sealer,
            Clock clock,
            SecureRandom random,
            PollPause pause,
            WindowsHosts hosts) {
        AdcsParts forAdcs() {
            return new AdcsParts(memory, sealer, clock, random, pause);
        }
    }

    /** The kinds of issuer by the word in {@code type:}, each with the reader of its settings. */
    Map<String, Function<ConfigMapping, Optional<IssuerChoice>>> KINDS = Map.ofEntries(
            Map.entry(
                    "builtin",
                    node -> BuiltinSettings.read(node)
                            .map(settings -> (name, parts) -> new BuiltinIssuer(
                                    name, settings, parts.memory(), parts.sealer(), parts.clock(), parts.random()))),
            Map.entry(
                    "selfsigned",
                    node -> SelfSignedSettings.read(node)
                            .map(settings -> (name, parts) -> new SelfSignedIssuer(
                                    name, settings, parts.memory(), parts.sealer(), parts.clock(), parts.random()))),
            Map.entry("acme", HostIssuers::acme),
            Map.entry(
                    "est",
                    node -> EstSettings.read(node)
                            .map(settings -> (name, parts) -> new EstIssuer(
                                    name,
                                    settings,
                                    new EstParts(
                                            parts.memory(),
                                            parts.sealer(),
                                            parts.clock(),
                                            parts.random(),
                                            parts.pause())))),
            Map.entry(
                    "scep",
                    node -> ScepSettings.read(node)
                            .map(settings -> (name, parts) -> new ScepIssuer(
                                    name,
                                    settings,
                                    new ScepParts(
                                            parts.memory(),
                                            parts.sealer(),
                                            parts.clock(),
                                            parts.random(),
                                            parts.pause())))),
            Map.entry("adcs-certreq", HostIssuers::certreq),
            Map.entry("windows-store", HostIssuers::windowsStore),
            Map.entry(
                    "adcs-ces",
                    node -> CesSettings.read(node)
                            .map(settings -> (name, parts) -> new AdcsCesIssuer(name, settings, parts.forAdcs()))),
            Map.entry(
                    "adcs-web",
                    node -> WebSettings.read(node)
                            .map(settings -> (name, parts) -> new AdcsWebIssuer(name, settings, parts.forAdcs()))),
            Map.entry(
                    "cmp",
                    node -> CmpSettings.read(node)
                            .map(settings -> (name, parts) -> new CmpIssuer(
                                    name,
                                    settings,
                                    new CmpParts(
                                            parts.memory(),
                                            parts.sealer(),
                                            parts.clock(),
                                            parts.random(),
                                            parts.pause())))),
            Map.entry(
                    "manual",
                    node -> ManualSettings.read(node)
                            .map(settings ->
                                    (name, parts) -> new ManualIssuer(name, settings, parts.memory(), parts.clock()))));

    /** Reads one issuer by its {@code type}. */
    static Optional<IssuerChoice> read(ConfigMapping node) {
        String type = node.requiredText("type");
        Function<ConfigMapping, Optional<IssuerChoice>> kind = KINDS.get(type);
        if (kind == null) {
            if (!type.isEmpty()) {
                node.fault(
                        "type",
                        "got \"" + type + "\", wanted one of " + String.join(", ", new TreeMap<>(KINDS).keySet()));
            }
            return Optional.empty();
        }
        return kind.apply(node);
    }
}
