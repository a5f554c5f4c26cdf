package io.certwright.wsus;

import io.certwright.audit.AuditAct;
import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.windows.ConfigMgrCall.GetUpdatePoints;
import io.certwright.windows.ConfigMgrCall.SetUpdatePointSsl;
import io.certwright.windows.ConfigMgrCall.StartFullSynchronization;
import io.certwright.windows.ConfigMgrCall.UpdatePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells ConfigMgr that a software update point speaks TLS, once its WSUS requires it: by cmdlets on the site server, or in words for people. */
final class PointSwitch {
    private final WsusPorts ports;

    PointSwitch(WsusPorts ports) {
        this.ports = ports;
    }

    /** Empty where ConfigMgr uses TLS with the server already, where it is no update point, and where nobody can be asked. */
    Optional<WsusDrift> find(WsusServer server) {
        if (server.point().isEmpty() || server.point().get().siteServer().isEmpty()) {
            return Optional.empty();
        }
        SitePoint point = server.point().get();
        try {
            return findDifference(point)
                    .map(difference -> new WsusDrift(
                            "UPDATE_POINT",
                            difference,
                            "certwright wsus apply " + server.host() + ", or " + point.byHand()));
        } catch (LifecycleException silent) {
            return Optional.of(new WsusDrift(
                    "UPDATE_POINT_UNREACHED",
                    "software update point " + point.name() + ": " + silent.getMessage(),
                    "correct site-server and site-code in the settings, or " + point.byHand()));
        }
    }

    /** What would be done once WSUS itself is switched, or what people would have to do. */
    List<String> preview(WsusServer server) throws LifecycleException {
        if (server.point().isEmpty()) {
            return List.of();
        }
        SitePoint point = server.point().get();
        if (point.siteServer().isEmpty()) {
            return List.of("a person would have to, " + point.byHand() + "; " + point.thenByHand());
        }
        return findDifference(point).isEmpty()
                ? List.of()
                : List.of("would " + requiring(point), "would " + synchronizing(point));
    }

    /** After WSUS itself is switched, which stays so: what cannot be done here waits for a person. */
    WsusOutcome ensureTold(WsusServer server, List<String> switched) {
        List<String> done = new ArrayList<>(switched);
        if (server.point().isEmpty()) {
            return new WsusOutcome.Compliant(done);
        }
        SitePoint point = server.point().get();
        if (point.siteServer().isEmpty()) {
            if (!done.isEmpty()) {
                done.add("now a person has to, " + point.byHand() + "; " + point.thenByHand());
            }
            return new WsusOutcome.Compliant(done);
        }
        try {
            return told(point, point.siteServer().get(), done);
        } catch (LifecycleException failed) {
            return held(
                    point,
                    done,
                    HoldKind.PERSON,
                    "ConfigMgr site " + point.siteCode() + " could not be told: " + failed.getMessage());
        }
    }

    private WsusOutcome told(SitePoint point, HostName siteServer, List<String> done) throws LifecycleException {
        if (findDifference(point).isEmpty()) {
            return new WsusOutcome.Compliant(done);
        }
        if (ports.wishes().host(siteServer).mode() == HostMode.REPORT) {
            return held(
                    point,
                    done,
                    HoldKind.REPORT_MODE,
                    "site server " + siteServer
                            + " is in mode report, so that ConfigMgr was not told; set \"mode: manage\" in its settings");
        }
        ports.hosts()
                .apply(siteServer)
                .perform(List.of(
                        new SetUpdatePointSsl(point.siteCode(), point.name(), true),
                        new StartFullSynchronization(point.siteCode())));
        Optional<String> still = findDifference(point);
        if (still.isPresent()) {
            return held(point, done, HoldKind.PERSON, "ConfigMgr was told, and read back, " + still.get());
        }
        ports.audit().record(AuditAct.WSUS_APPLY, "ConfigMgr site " + point.siteCode(), requiring(point));
        done.add(requiring(point));
        done.add(synchronizing(point) + "; \"certwright wsus check --logs DIR\" reads its logs");
        return new WsusOutcome.Compliant(done);
    }

    private static String requiring(SitePoint point) {
        return "require SSL in ConfigMgr site " + point.siteCode() + " with software update point " + point.name();
    }

    private static String synchronizing(SitePoint point) {
        return "start a full synchronization of site " + point.siteCode()
                + ", which takes long; a child site waits for its parent";
    }

    private static WsusOutcome held(SitePoint point, List<String> done, HoldKind kind, String why) {
        return new WsusOutcome.Held(
                Hold.forPerson(kind, why + "; or by hand, " + point.byHand() + "; " + point.thenByHand()), done);
    }

    /** How the site differs from what it should be; the site server is asked. */
    private Optional<String> findDifference(SitePoint point) throws LifecycleException {
        List<UpdatePoint> points = ports.hosts()
                .apply(point.siteServer().orElseThrow())
                .perform(new GetUpdatePoints(point.siteCode()))
                .points();
        Optional<UpdatePoint> own =
                points.stream().filter(each -> isCalled(each, point)).findFirst();
        if (own.isEmpty()) {
            return Optional.of("ConfigMgr site " + point.siteCode() + " knows no software update point " + point.name()
                    + ", but "
                    + (points.isEmpty()
                            ? "none at all"
                            : String.join(
                                    ", ",
                                    points.stream().map(UpdatePoint::server).toList())));
        }
        return own.get().ssl()
                ? Optional.empty()
                : Optional.of("ConfigMgr site " + point.siteCode() + " does not require SSL with software update point "
                        + point.name());
    }

    /** ConfigMgr writes two backslashes before the name. */
    private static boolean isCalled(UpdatePoint seen, SitePoint point) {
        return seen.server().replace("\\", "").equalsIgnoreCase(point.name().value());
    }
}
