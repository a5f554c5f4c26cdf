package io.certwright.enrollment.adcs.web;

import io.certwright.certificate.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What certsrv may send, opened for fuzzing. */
public final class FuzzedPages {
    private static final int LONGEST = 300;

    private FuzzedPages() {}

    /** Asks the input everything that a page is asked; what would be shown of it. */
    public static List<String> read(byte[] input) {
        WebPage page = WebPage.of(new String(input, StandardCharsets.UTF_8));
        return List.of(
                "words " + Printable.escape(page.words(), LONGEST),
                "text " + Printable.escape(page.flatText(), LONGEST),
                "number " + page.issuedNumber().or(page::requestNumber).orElse("none"),
                "code " + page.code().map(Integer::toHexString).orElse("none"),
                "renewals " + page.renewals().orElse(0),
                "says " + page.isOfCertsrv() + page.saysPending() + page.saysDenied() + page.saysUnknown());
    }
}
