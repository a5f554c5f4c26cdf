package io.certwright.windows.simulated;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AccessCall;
import io.certwright.windows.AnswerJson;
import io.certwright.windows.CallError;
import io.certwright.windows.Carrier;
import io.certwright.windows.ConfigMgrCall;
import io.certwright.windows.PoolCall;
import io.certwright.windows.Presence;
import io.certwright.windows.RequestJson;
import io.certwright.windows.SiteCall;
import io.certwright.windows.Visit;
import io.certwright.windows.VisitOutput;
import io.certwright.windows.VisitRequest;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WsusCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Visits at a simulated server: does the calls of a request in order, lets planned mishaps happen, and answers as the script does. */
final class SimulatedVisits implements Carrier {
    /** An exit code that no process has. */
    static final int LOST = -1;

    private static final String PROFILE = "Welcome to this server!\r\n<<not an answer>>\r\n";
    private static final String REFUSED_LANGUAGE =
            "#< CLIXML\r\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><S S=\"Error\">Cannot invoke method."
                    + " Method invocation is supported only on core types in this language mode._x000D__x000A_</S></Objs>";

    private final SimulatedServer server;
    private final CallTable table;
    private final List<Mishap> planned = new ArrayList<>();
    private final List<String> called = new ArrayList<>();

    SimulatedVisits(SimulatedServer server, CallTable table) {
        this.server = server;
        this.table = table;
    }

    boolean knows(Class<?> call) {
        return table.knows(call);
    }

    void plan(Mishap mishap) {
        planned.add(mishap);
    }

    void forgetMishaps() {
        planned.clear();
    }

    List<String> called() {
        return List.copyOf(called);
    }

    @Override
    public boolean hasNetworkLogon() {
        return !server.is(Behaviour.LOGS_ON_BY_KEY);
    }

    @Override
    public VisitOutput carry(Visit visit) throws LifecycleException {
        synchronized (server) {
            Presence presence =
                    visit.arguments().contains("-EncodedCommand") ? Presence.SENT_ALONG : Presence.INSTALLED;
            VisitOutput output = answer(VisitRequest.of(visit.input()), presence);
            if (output.exitCode() == LOST) {
                throw new LifecycleException(
                        FailureKind.UNREACHABLE,
                        "HOST_UNREACHABLE",
                        "host " + server.name()
                                + ": the connection was lost in the middle of a visit; it is tried again");
            }
            return output;
        }
    }

    /** The whole output of a visit. */
    VisitOutput answer(String requestJson, Presence presence) {
        if (server.is(Behaviour.CONSTRAINS_LANGUAGE) && presence == Presence.SENT_ALONG) {
            return new VisitOutput(1, "", REFUSED_LANGUAGE);
        }
        String profile = server.is(Behaviour.PRINTS_PROFILE) ? PROFILE : "";
        List<Record> answers = new ArrayList<>();
        try {
            for (WindowsCall<?> call : RequestJson.read(requestJson)) {
                Optional<Mishap> mishap = takeMishap(call.function());
                called.add(call.function());
                if (mishap.isEmpty() || mishap.get().afterEffect()) {
                    answers.add(perform(call));
                }
                if (mishap.isPresent()) {
                    return goneWrong(mishap.get(), answers);
                }
            }
            return new VisitOutput(0, profile + AnswerJson.write(answers, Optional.empty()) + "\r\n", "");
        } catch (WindowsError refused) {
            return new VisitOutput(0, profile + AnswerJson.write(answers, Optional.of(refused.error())) + "\r\n", "");
        } catch (IOException | IllegalArgumentException strange) {
            CallError error =
                    WindowsError.thrown(String.valueOf(strange.getMessage())).error();
            return new VisitOutput(0, AnswerJson.write(answers, Optional.of(error)), "");
        }
    }

    private Record perform(WindowsCall<?> call) throws WindowsError {
        if (server.is(Behaviour.FILTERS_TOKEN) && !call.isReadOnly()) {
            throw WindowsError.accessDenied();
        }
        boolean beyond = call instanceof ConfigMgrCall || call instanceof WsusCall.GetWsusByName;
        if (beyond && server.is(Behaviour.LOGS_ON_BY_KEY) && !server.tasks().isSystem()) {
            throw WindowsError.accessDenied();
        }
        boolean needsIis = call instanceof SiteCall || call instanceof AccessCall || call instanceof PoolCall;
        if (needsIis && server.is(Behaviour.LACKS_WEB_ADMINISTRATION)) {
            throw WindowsError.noModule("WebAdministration");
        }
        if (needsIis && server.is(Behaviour.RUNS_32_BIT)) {
            throw WindowsError.noClassFactory();
        }
        if (usesApiOfWsus(call) && server.is(Behaviour.LACKS_UPDATE_SERVICES)) {
            throw WindowsError.noCommand("Get-WsusServer");
        }
        if (usesApiOfWsus(call) && server.is(Behaviour.LOCKS_OUT_OF_WSUS)) {
            throw WindowsError.accessDenied();
        }
        return table.perform(call);
    }

    private static boolean usesApiOfWsus(WindowsCall<?> call) {
        return call instanceof WsusCall.GetLocalWsus
                || call instanceof WsusCall.GetWsusByName
                || call instanceof WsusCall.GetUpstream
                || call instanceof WsusCall.SetUpstream
                || call instanceof WsusCall.StartSynchronization
                || call instanceof WsusCall.GetSynchronization;
    }

    private Optional<Mishap> takeMishap(String function) {
        for (int i = 0; i < planned.size(); i++) {
            Mishap mishap = planned.get(i);
            if (mishap.fits(function)) {
                if (mishap.skip() == 0) {
                    planned.remove(i);
                    return Optional.of(mishap);
                }
                planned.set(i, mishap.skippedOnce());
            }
        }
        return Optional.empty();
    }

    private static VisitOutput goneWrong(Mishap mishap, List<Record> answers) {
        List<Record> before = mishap.afterEffect() ? answers.subList(0, answers.size() - 1) : answers;
        String whole = AnswerJson.write(before, Optional.of(Mishap.error()));
        return switch (mishap.kind()) {
            case ERROR -> new VisitOutput(0, whole, "");
            case HALF_ANSWER -> new VisitOutput(0, whole.substring(0, whole.length() / 2), "");
            case GARBAGE -> new VisitOutput(0, "\u0000\u0001PK<html>502 Bad Gateway</html>", "");
            case ENDLESS_ANSWER -> new VisitOutput(0, "<<certwright" + " ".repeat(1000), "");
            case CONNECTION_LOST, HANG -> new VisitOutput(LOST, "", "");
        };
    }
}
