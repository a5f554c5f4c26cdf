package io.certwright.wsus;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.CallFailedException;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.GetOwnGroups;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which rights an account lacks on a WSUS server. A local administrator has all of them; a member of WSUS Administrators alone may use
 * WSUS and its tool, but neither the machine's store nor IIS.
 */
final class WsusRights {
    private static final GetHostFacts FACTS = new GetHostFacts();
    private static final GetOwnGroups GROUPS = new GetOwnGroups();
    private static final GetWsusSetup SETUP = new GetWsusSetup();
    private static final Pattern SID = Pattern.compile("S-1(-[0-9]{1,20}){1,16}");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int LONGEST_USER = 200;
    private static final int HEAD = 8;
    private static final int PART = 4;

    private WsusRights() {}

    /** Every right that is missing on a host that refused because its token is not an administrator's. */
    static List<WsusDrift> missing(WindowsHost calls, LifecycleException notElevated) throws LifecycleException {
        List<WsusDrift> missing = new ArrayList<>();
        missing.add(new WsusDrift(
                notElevated.code(),
                notElevated.getMessage(),
                "mend that, then check again: nothing else can be looked at before"));
        Answers answers = calls.perform(List.of(FACTS, GROUPS, SETUP));
        Optional<String> group = answers.of(SETUP).find("WsusAdministratorsSid").flatMap(WsusRights::findSid);
        if (group.filter(answers.of(GROUPS).groups()::contains).isEmpty()) {
            String user = answers.of(FACTS).user();
            missing.add(new WsusDrift(
                    "WSUS_RIGHT",
                    "host " + calls.name() + ": account " + Printable.quote(user)
                            + " is not in WSUS Administrators either, one of which WsusUtil configuressl and WSUS' console ask for",
                    "membership in the local Administrators is enough for both; for WSUS alone: Add-LocalGroupMember "
                            + group.map(sid -> "-SID " + sid).orElse("-Group \"WSUS Administrators\"") + " -Member "
                            + literal(user) + " there, and log on anew"));
        }
        return missing;
    }

    /** As PowerShell takes a text for what it is, whatever signs are in it; of the quotes it knows, those that are not typewriters' end it, too. */
    private static String literal(String user) {
        return "'" + Printable.escape(user, LONGEST_USER).replaceAll("['\u2018-\u201b]", "$0$0") + "'";
    }

    /**
     * What comes of an answer that WSUS' own API refused to the account, administrator or not.
     *
     * @param whose the beginning of the code: {@code WSUS}, {@code DOWNSTREAM}
     */
    static WsusDrift refusedByApi(String whose, CallFailedException refusal) {
        return refusal.kind() == FailureKind.UNAUTHORIZED
                ? new WsusDrift(
                        whose + "_RIGHT",
                        "WSUS itself does not let the account in: " + refusal.getMessage(),
                        "Add-LocalGroupMember -Group \"WSUS Administrators\" there, and log on anew; where the database is on"
                                + " another server, see that the account may use it, too")
                : new WsusDrift(
                        whose + "_API",
                        "WSUS' own API does not answer: " + refusal.getMessage(),
                        "see to what it names, and to WsusPool, WsusService and the database; WSUS' console fails the same way");
    }

    /** Of {@code S-1-5-…}, or of the bytes of a SID as decimal numbers between spaces; empty for anything else. */
    static Optional<String> findSid(String text) {
        if (SID.matcher(text).matches()) {
            return Optional.of(text);
        }
        List<Integer> octets = SPACE.splitAsStream(text)
                .filter(part -> part.length() <= 3 && part.chars().allMatch(Character::isDigit) && !part.isEmpty())
                .map(Integer::valueOf)
                .toList();
        if (octets.size() <= HEAD || octets.get(0) != 1 || octets.size() != HEAD + PART * octets.get(1)) {
            return Optional.empty();
        }
        long authority = 0;
        for (int i = 2; i < HEAD; i++) {
            authority = authority << 8 | octets.get(i);
        }
        StringBuilder sid = new StringBuilder("S-1-").append(authority);
        for (int at = HEAD; at < octets.size(); at += PART) {
            long part = 0;
            for (int i = PART - 1; i >= 0; i--) {
                part = part << 8 | octets.get(at + i);
            }
            sid.append('-').append(part);
        }
        return Optional.of(sid.toString());
    }
}
