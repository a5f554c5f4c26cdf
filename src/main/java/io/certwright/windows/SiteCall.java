package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.windows.HostCall.Nothing;
import java.util.List;
import java.util.Optional;

/** Sites of IIS and their bindings. Flags are kept as numbers, so that bits nobody knows yet survive. */
public sealed interface SiteCall<A extends Record> extends WindowsCall<A> {
    /** Every site with its bindings. */
    record GetSites() implements SiteCall<Sites> {}

    /** What IIS has. */
    record Sites(List<SiteState> sites) {
        public Sites {
            sites = List.copyOf(sites);
        }
    }

    /** One site; {@code state} is {@code Started}, {@code Stopped} or empty where IIS does not say. */
    record SiteState(int id, String name, String state, List<BindingState> bindings) {
        public SiteState {
            bindings = List.copyOf(bindings);
        }
    }

    /**
     * One binding of a site.
     *
     * @param bindingInformation {@code ip:port:host}
     * @param store of the certificate, empty where there is none
     */
    record BindingState(
            String protocol, String bindingInformation, int sslFlags, Optional<Thumbprint> thumbprint, String store) {}

    /**
     * Points an https binding, and with it its entry of http.sys, to a certificate. In place: the binding stays what it is. Entries of
     * http.sys that bindings share change for all of them.
     */
    record SetBindingCertificate(int siteId, String bindingInformation, Thumbprint thumbprint, StoreName store)
            implements SiteCall<Nothing> {
        public SetBindingCertificate {
            requireBinding(siteId, bindingInformation);
        }
    }

    /** Takes the certificate away from an https binding, which stays, and with it the entry of http.sys. */
    record ClearBindingCertificate(int siteId, String bindingInformation) implements SiteCall<Nothing> {
        public ClearBindingCertificate {
            requireBinding(siteId, bindingInformation);
        }
    }

    /** Sets the flags of an https binding, all bits at once. */
    record SetBindingFlags(String site, String bindingInformation, int sslFlags) implements SiteCall<Nothing> {
        public SetBindingFlags {
            requireBinding(site, bindingInformation);
            requireFlags(sslFlags);
        }
    }

    /** Adds an https binding without a certificate. */
    record AddHttpsBinding(String site, String bindingInformation, int sslFlags) implements SiteCall<Nothing> {
        public AddHttpsBinding {
            requireBinding(site, bindingInformation);
            requireFlags(sslFlags);
        }
    }

    /** Removes an https binding. */
    record RemoveHttpsBinding(int siteId, String bindingInformation) implements SiteCall<Nothing> {
        public RemoveHttpsBinding {
            requireBinding(siteId, bindingInformation);
        }
    }

    /** The paths below a site, with a slash before them: applications and virtual directories. */
    record GetSitePaths(String site) implements SiteCall<SitePaths> {
        public GetSitePaths {
            WindowsCall.requireText("site", site);
        }
    }

    /** Paths such as {@code /ApiRemoting30}. */
    record SitePaths(List<String> applications, List<String> directories) {
        public SitePaths {
            applications = List.copyOf(applications);
            directories = List.copyOf(directories);
        }
    }

    /** IIS's own task that rebinds a renewed certificate by itself, whenever it notices one. */
    record GetRebindTask() implements SiteCall<RebindTask> {}

    /**
     * IIS's own task that rebinds renewed certificates.
     *
     * @param state {@code Ready}, {@code Disabled} and so on, never localized; empty where there is no such task
     */
    record RebindTask(boolean present, String state) {
        public boolean isActive() {
            return present && !state.equals("Disabled");
        }
    }

    private static void requireBinding(int siteId, String bindingInformation) {
        if (siteId < 1) {
            throw new IllegalArgumentException("site: got number " + siteId + ", wanted 1 or more");
        }
        WindowsCall.requireText("binding", bindingInformation);
    }

    /** Set-WebBinding makes an XPath of the name, which an apostrophe would end. */
    private static void requireBinding(String site, String bindingInformation) {
        WindowsCall.requireText("site", site);
        WindowsCall.requireText("binding", bindingInformation);
        if (site.indexOf('\'') >= 0) {
            throw new IllegalArgumentException("site: got " + Printable.quote(site)
                    + ", wanted a name without an apostrophe; change this binding in IIS Manager");
        }
    }

    private static void requireFlags(int sslFlags) {
        if (sslFlags < 0) {
            throw new IllegalArgumentException("sslFlags: got " + sslFlags + ", wanted 0 or more");
        }
    }
}
