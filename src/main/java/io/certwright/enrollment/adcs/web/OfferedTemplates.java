package io.certwright.enrollment.adcs.web;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.adcs.TemplateName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The templates that the pages let people choose from: those that the account may enroll for, and of a version that the pages can show.
 * Each is an option whose value begins with one letter for where names come from, and the internal name.
 */
record OfferedTemplates(List<Offer> offers) {
    private static final Pattern OPTION = Pattern.compile("(?i)<option\\s{1,9}value=\"?([EO]);([^;\"<>]{1,255})[;\"]");
    private static final int MOST = 500;
    private static final int LONGEST_LIST = 300;

    /**
     * One of them.
     *
     * @param takesNames whether names come from the request; else from Active Directory
     */
    record Offer(String name, boolean takesNames) {}

    OfferedTemplates {
        offers = List.copyOf(offers);
    }

    static OfferedTemplates in(WebPage page) {
        List<Offer> offers = new ArrayList<>();
        Matcher options = OPTION.matcher(page.source());
        while (options.find() && offers.size() < MOST) {
            offers.add(new Offer(options.group(2), options.group(1).equalsIgnoreCase("O")));
        }
        return new OfferedTemplates(offers);
    }

    /** What they tell of a template, a clause; no reason to ask for nothing, for the form takes names that the pages do not show. */
    String wordsAbout(TemplateName template) {
        if (offers.isEmpty()) {
            return "the pages list no template, so that whether the account may enroll for " + template
                    + " shows only when a certificate is asked for";
        }
        return offers.stream()
                .filter(offer -> offer.name().equalsIgnoreCase(template.value()))
                .findFirst()
                .map(offer -> "the account may choose " + template + ", "
                        + (offer.takesNames()
                                ? "which takes the names of the request"
                                : "which takes names from Active Directory and ignores those of the request; set \"Supply in the"
                                        + " request\" on a copy of it, and use that"))
                .orElseGet(() -> "the pages offer no " + template + ", only "
                        + Printable.escape(String.join(", ", names()), LONGEST_LIST)
                        + ": the account may lack Read and Enroll, the CA may not issue by it, or it is of version 3 or later,"
                        + " which the pages do not show");
    }

    private List<String> names() {
        return offers.stream().map(Offer::name).toList();
    }
}
