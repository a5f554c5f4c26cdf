package io.certwright.enrollment.certreq;

import io.certwright.certificate.Printable;
import io.certwright.failure.code.ErrorCodes;
import io.certwright.windows.AuthorityCall.AuthorityAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What certreq said, whose words are localized: only numbers are read. Its lines name the request twice, the second time in quotes, and
 * a failure by its HRESULT.
 */
record CertreqSaid(int exitCode, List<String> lines) {
    private static final Pattern NUMBERED = Pattern.compile("\\s*([^:]{1,60}):\\s*(\"?)([0-9]{1,18})\\2\\s*");
    private static final Pattern ENGLISH = Pattern.compile("RequestId:\\s*\"?([0-9]{1,18})(?![0-9])\"?");
    private static final Pattern CODE = Pattern.compile("\\b0x8[0-9a-fA-F]{7}\\b");
    private static final int LONGEST = 400;

    /** Dispositions as AD CS numbers them, which some versions end with. */
    private static final int DENIED = 2;

    /** CERTSRV_E_…: the CA itself, or its policy, says no. */
    private static final Pattern DENIAL = Pattern.compile("0x80094[0-9A-F]{3}");

    /** The CA has nothing under this number. */
    private static final String PROPERTY_EMPTY = "0x80094003";

    /** The remote call certainly was not done: access denied, server or endpoint not there, call not executed. */
    private static final Set<String> NOT_ASKED =
            Set.of("0x80070005", "0x8007052E", "0x800706BA", "0x800706BF", "0x800706D9", "0x8007203A");

    private static final Set<String> ACCESS = Set.of("0x80070005", "0x8007052E");

    static CertreqSaid of(AuthorityAnswer answer) {
        return new CertreqSaid(answer.exitCode(), answer.lines());
    }

    /** Empty where no number, or more than one, could be meant. */
    OptionalLong requestId() {
        Set<String> english =
                numbers(lines.stream().flatMap(line -> ENGLISH.matcher(line).results()), 1);
        Set<String> found = english.isEmpty() ? named() : english;
        return found.size() == 1
                ? OptionalLong.of(Long.parseLong(found.iterator().next()))
                : OptionalLong.empty();
    }

    /** Numbers that stand in quotes and bare behind the same words. */
    private Set<String> named() {
        List<MatchResult> rows = lines.stream()
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
        Set<String> bare = rows.stream()
                .filter(row -> row.group(2).isEmpty())
                .map(CertreqSaid::named)
                .collect(Collectors.toSet());
        return numbers(rows.stream().filter(row -> !row.group(2).isEmpty() && bare.contains(named(row))), 3);
    }

    private static String named(MatchResult row) {
        return row.group(1) + ":" + row.group(3);
    }

    private static Set<String> numbers(Stream<MatchResult> found, int group) {
        return found.map(each -> each.group(group)).collect(Collectors.toSet());
    }

    /** The HRESULT, upper case: as the process ended, else the last that the lines name. */
    Optional<String> code() {
        if (exitCode < 0) {
            return Optional.of(String.format("0x%08X", exitCode));
        }
        return lines.stream()
                .flatMap(line -> CODE.matcher(line).results())
                .map(found -> "0x" + found.group().substring(2).toUpperCase(Locale.ROOT))
                .reduce((first, last) -> last);
    }

    boolean isDenial() {
        return exitCode == DENIED
                || code().filter(code -> DENIAL.matcher(code).matches() && !code.equals(PROPERTY_EMPTY))
                        .isPresent();
    }

    boolean isUnknownRequest() {
        return code().filter(PROPERTY_EMPTY::equals).isPresent();
    }

    boolean wasCertainlyNotAsked() {
        return code().filter(NOT_ASKED::contains).isPresent();
    }

    boolean isAboutAccess() {
        return code().filter(ACCESS::contains).isPresent();
    }

    /** In quotes, as the CA or certreq put it, without the lines that number the request. */
    String words() {
        String said = lines.stream()
                .filter(line -> !NUMBERED.matcher(line).matches())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return said.isEmpty() ? "nothing" : '"' + Printable.escape(said, LONGEST) + '"';
    }

    /** How it ended, for people: {@code 0}, or an HRESULT. */
    String end() {
        return exitCode < 0 ? String.format("0x%08X", exitCode) : String.valueOf(exitCode);
    }

    /** What its code means and what mends it; empty where it has none, or one that nobody wrote about. */
    String explained() {
        return code().flatMap(code -> ErrorCodes.standard().find(code))
                .map(known -> " (" + known.explained() + ")")
                .orElse("");
    }
}
