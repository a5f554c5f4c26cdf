package io.certwright.windows;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.windows.HostCall.Nothing;
import java.time.Duration;
import java.util.List;

/** Software update points, through the cmdlets of Configuration Manager's console on a site server. */
public sealed interface ConfigMgrCall<A extends Record> extends WindowsCall<A> {
    @Override
    default Duration limit() {
        return Duration.ofMinutes(5);
    }

    @Override
    default boolean needsNetworkLogon() {
        return true;
    }

    /** The software update points of a site. */
    record GetUpdatePoints(String siteCode) implements ConfigMgrCall<UpdatePoints> {
        public GetUpdatePoints {
            requireSiteCode(siteCode);
        }
    }

    record UpdatePoints(List<UpdatePoint> points) {
        public UpdatePoints {
            points = List.copyOf(points);
        }
    }

    /**
     * A software update point of a site.
     *
     * @param server with two backslashes before it, as ConfigMgr writes it
     */
    record UpdatePoint(String server, boolean ssl) {}

    /** Requires TLS between the site and a software update point; the next synchronization is a full one. */
    record SetUpdatePointSsl(String siteCode, DnsName server, boolean ssl) implements ConfigMgrCall<Nothing> {
        public SetUpdatePointSsl {
            requireSiteCode(siteCode);
        }
    }

    /** Begins a full synchronization and does not wait for it. */
    record StartFullSynchronization(String siteCode) implements ConfigMgrCall<Nothing> {
        public StartFullSynchronization {
            requireSiteCode(siteCode);
        }
    }

    private static void requireSiteCode(String siteCode) {
        boolean plain = siteCode.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        if (siteCode.length() != 3 || !plain) {
            throw new IllegalArgumentException(
                    "site code: got " + Printable.quote(siteCode) + ", wanted three letters or digits such as P01");
        }
    }
}
