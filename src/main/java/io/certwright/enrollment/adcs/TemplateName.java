package io.certwright.enrollment.adcs;

import io.certwright.certificate.Printable;
import java.util.regex.Pattern;

/** A certificate template by its internal name (the common name in Active Directory, not the one that consoles display) or object identifier. */
public record TemplateName(String value) {
    /** It travels as one line of attributes, where a colon or a line break would begin something else. */
    private static final Pattern SHAPE = Pattern.compile("[\\p{L}\\p{N}._()-][\\p{L}\\p{N} ._()-]{0,254}");

    public TemplateName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("template: got " + Printable.quote(value)
                    + ", wanted the internal name of a template such as WebServer, or its object identifier");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
