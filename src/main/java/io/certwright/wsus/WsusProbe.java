package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.ProbeCall.GetWebAnswer;
import io.certwright.windows.ProbeCall.WebAnswer;
import io.certwright.windows.WindowsHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One GET that shows whether WSUS answers as it should: its services over https, its version file, content over http, and a refusal over
 * http where TLS is required. Asked on the server itself by the name that clients use, with the server's own trust.
 */
record WsusProbe(String url, boolean refused) {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** @param status 0 where nobody answered */
    record Seen(WsusProbe probe, int status, String reason) {
        boolean isGood() {
            return probe.refused ? status == FORBIDDEN : status == OK || status == UNAUTHORIZED;
        }

        String sentence() {
            return probe.url + " answers " + (status == 0 ? "nothing (" + reason + ")" : String.valueOf(status))
                    + ", wanted " + (probe.refused ? "403, because it requires SSL" : "200");
        }
    }

    /** Whether it depends on TLS at all, one way or the other. */
    boolean isHttpsOrRefused() {
        return refused || url.startsWith("https:");
    }

    /** What must answer when the server is as it should be. */
    static List<WsusProbe> allOf(WsusServer server) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("ApiRemoting30", "WebService.asmx");
        pages.put("ClientWebService", "client.asmx");
        pages.put("DssAuthWebService", "DssAuthWebService.asmx");
        pages.put("ServerSyncWebService", "ServerSyncWebService.asmx");
        pages.put("SimpleAuthWebService", "SimpleAuth.asmx");
        List<WsusProbe> probes = new ArrayList<>();
        pages.forEach((directory, page) -> {
            String path = "/" + directory + "/" + page;
            probes.add(new WsusProbe(server.url() + path, false));
            probes.add(new WsusProbe(server.httpUrl() + path, true));
        });
        probes.add(new WsusProbe(server.url() + "/ClientWebService/wusserverversion.xml", false));
        probes.add(new WsusProbe(server.httpUrl() + "/Content/anonymousCheckFile.txt", false));
        return probes;
    }

    static List<Seen> look(WindowsHost calls, WsusServer server) {
        return allOf(server).stream().map(probe -> probe.look(calls)).toList();
    }

    private Seen look(WindowsHost calls) {
        try {
            WebAnswer answer = calls.perform(new GetWebAnswer(url));
            return new Seen(this, answer.status(), "");
        } catch (LifecycleException silent) {
            return new Seen(this, 0, silent.getMessage());
        }
    }
}
