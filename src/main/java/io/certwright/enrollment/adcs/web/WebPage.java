package io.certwright.enrollment.adcs.web;

import io.certwright.enrollment.adcs.Denials;
import io.certwright.http.Markup;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of certsrv says. The pages exist in every language of Windows: links, numbers and error codes are the same in all of
 * them, words only in English.
 *
 * @param source as it came
 * @param text without markup and scripts, white space kept
 */
record WebPage(String source, String text) {
    /** Far more than any page has. */
    private static final int LONGEST = 256 * 1024;

    private static final Pattern ISSUED = Pattern.compile("certnew\\.cer\\?ReqID=([0-9]{1,10})&");
    private static final Pattern NUMBERED = Pattern.compile("Your Request Id is ([0-9]{1,10})\\b");
    private static final Pattern LONE_NUMBER = Pattern.compile("(?<![\\w.:/-])([0-9]{1,10})(?![\\w:/-]|\\.[0-9])");
    private static final Pattern DENIED = Pattern.compile("The disposition message is \"([^\"]{1,2000})");
    private static final Pattern DISPOSITION =
            Pattern.compile("Disposition message:[^\\t]{0,100}\\t\\t([^\\r\\n]{1,2000})");
    private static final Pattern UNLABELLED = Pattern.compile("\\t\\t([^\\r\\n\\t]{1,2000})");
    private static final Pattern RENEWALS = Pattern.compile("var nRenewals=([0-9]{1,4});");
    private static final Pattern OURS = Pattern.compile("(?i)/certsrv|certfnsh\\.asp|Active Directory");
    private static final List<String> WAITING = List.of("Taken Under Submission", "Certificate Pending");

    static WebPage of(String whole) {
        String source = whole.substring(0, Math.min(LONGEST, whole.length()));
        return new WebPage(source, unescaped(Markup.removedFrom(source)));
    }

    private static String unescaped(String text) {
        return text.replace("&nbsp;", " ")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** Whether it is one of the pages at all, and not that of a proxy. */
    boolean isOfCertsrv() {
        return OURS.matcher(source).find();
    }

    /** The number of a request that was granted: its certificate is linked. */
    Optional<String> issuedNumber() {
        return first(ISSUED, source);
    }

    /** The number of a request that was not granted, or not yet: by its words, or as the only number that stands alone. */
    Optional<String> requestNumber() {
        Optional<String> said = first(NUMBERED, text);
        return said.isPresent() ? said : onlyNumber();
    }

    private Optional<String> onlyNumber() {
        List<String> numbers = LONE_NUMBER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        return numbers.size() == 1 ? Optional.of(numbers.get(0)) : Optional.empty();
    }

    /** Whether it says, in English, that people must decide. */
    boolean saysPending() {
        return WAITING.stream().anyMatch(text::contains);
    }

    /** Whether it says, in English or by a code, that the request was turned down. */
    boolean saysDenied() {
        return first(DENIED, text).isPresent() || words().startsWith("Denied") || code().isPresent();
    }

    /** Whether it says, in English or by a code, that there is no such request. */
    boolean saysUnknown() {
        return code().filter(Denials::isUnknownRequest).isPresent()
                || text.contains("The requested property value is empty");
    }

    /** The first failure that it names. */
    Optional<Integer> code() {
        return Denials.codeIn(text);
    }

    /** The CA's own words, where it can be told which they are. */
    String words() {
        return first(DENIED, text)
                .or(() -> first(DISPOSITION, text))
                .or(() -> first(UNLABELLED, text))
                .map(WebPage::flat)
                .orElseGet(this::flatText);
    }

    /** All in one line. */
    String flatText() {
        return flat(text);
    }

    private static String flat(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** How often the CA renewed its own certificate. */
    Optional<Integer> renewals() {
        return first(RENEWALS, source).map(Integer::valueOf);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
