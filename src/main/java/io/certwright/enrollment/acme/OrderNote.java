package io.certwright.enrollment.acme;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is remembered of an order: {@code 1 open https://…}.
 *
 * @param number of the order among those for the same intent, from 1
 * @param state how far it came
 * @param address the CA's, under which it is found again
 */
record OrderNote(int number, State state, URI address) {
    /** How far an order came. */
    enum State {
        /** Placed; nothing was issued for it. */
        OPEN,
        /** The CSR was sent or about to be: there may be a certificate. */
        FINALIZING,
        /** Ended without a certificate. */
        OVER
    }

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) (open|finalizing|over) (\\S+)");

    OrderNote with(State next) {
        return new OrderNote(number, next, address);
    }

    byte[] encode() {
        String text = number + " " + state.name().toLowerCase(Locale.ROOT) + " " + address;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static OrderNote decode(byte[] value) throws IOException {
        Matcher parts = FORM.matcher(new String(value, StandardCharsets.UTF_8));
        if (!parts.matches()) {
            throw new IOException("no order");
        }
        State state = State.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
        return new OrderNote(Integer.parseInt(parts.group(1)), state, URI.create(parts.group(3)));
    }

    URL url() {
        try {
            return address.toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("an address that was stored is none", impossible);
        }
    }
}
