package io.certwright.alert;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who is told: the webhook of the settings, or a person by mail. A mail address must be fit to stand in an SMTP command and in a
 * header as it is: a dot-string local part and a DNS domain (RFC 5321, 4.1.2) in ASCII, without quoting, comments or display name.
 * The domain is kept in lower case, so that one mailbox is one recipient.
 */
public record Recipient(String address) implements Comparable<Recipient> {
    private static final Pattern LOCAL_PART =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    /** The program that the settings name under {@code alerts.webhook}. */
    public static final Recipient WEBHOOK = new Recipient("webhook");

    public Recipient {
        if (!address.equals("webhook")) {
            address = mailAddress(address);
        }
    }

    private static String mailAddress(String address) {
        int at = address.lastIndexOf('@');
        boolean sound = at > 0
                && at <= 64
                && address.length() <= 254
                && LOCAL_PART.matcher(address.substring(0, at)).matches()
                && DnsName.isWellFormed(address.substring(at + 1))
                && address.charAt(at + 1) != '*';
        if (!sound) {
            throw new IllegalArgumentException(
                    "mail address: got " + Printable.quote(address) + ", wanted one such as pki@contoso.com");
        }
        return address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
    }

    /** A mail address; spaces around it are dropped, nothing else is repaired. */
    public static Recipient parse(String text) {
        return new Recipient(mailAddress(text.strip()));
    }

    public Channel channel() {
        return address.equals("webhook") ? Channel.WEBHOOK : Channel.MAIL;
    }

    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    @Override
    public int compareTo(Recipient other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }
}
