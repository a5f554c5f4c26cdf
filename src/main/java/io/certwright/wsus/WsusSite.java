package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.SiteState;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusSetup;
import java.util.List;
import java.util.Optional;

/** The site of IIS that WSUS recorded as its own. */
public final class WsusSite {
    private static final GetWsusSetup SETUP = new GetWsusSetup();
    private static final GetSites SITES = new GetSites();

    private WsusSite() {}

    /** Its name; empty where WSUS is not installed, or its site is gone. */
    public static Optional<String> findName(WindowsHost host) throws LifecycleException {
        Answers answers = host.perform(List.of(SETUP, SITES));
        Optional<String> index = answers.of(SETUP).find("IISTargetWebsiteIndex");
        return answers.of(SITES).sites().stream()
                .filter(site -> index.equals(Optional.of(String.valueOf(site.id()))))
                .map(SiteState::name)
                .findFirst();
    }
}
