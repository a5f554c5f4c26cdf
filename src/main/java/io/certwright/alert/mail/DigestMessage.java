package io.certwright.alert.mail;

import io.certwright.alert.AlertSeverity;
import io.certwright.alert.Digest;
import io.certwright.alert.Recipient;
import io.certwright.alert.TimeWords;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A digest as a mail. Its Message-ID is made of the digest's id, so that a second copy is the same mail to whoever receives it. */
final class DigestMessage extends MimeMessage {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;
    private boolean written;

    private DigestMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static DigestMessage of(Digest digest, Recipient from, Session session, TimeWords times, Instant now)
            throws MessagingException, IOException {
        DigestMessage message = new DigestMessage(session, "<" + digest.id() + "@" + from.domain() + ">");
        message.setFrom(new InternetAddress(from.address(), "Certwright", UTF_8));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(digest.to().address()));
        message.setSubject(digest.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        // RFC 3834: nobody's absence note answers this; Exchange has a header of its own.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        if (digest.severity().isAtLeast(AlertSeverity.URGENT)) {
            message.setHeader("Importance", "high");
            message.setHeader("X-Priority", "1");
        }
        DigestView view = DigestView.of(digest);
        MimeMultipart parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(new TextMail(times).render(view), "plain"));
        parts.addBodyPart(part(new HtmlMail(times).render(view), "html"));
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        super.writeTo(out, ignoreList);
        written = true;
    }

    /** Whether the server has the whole text: from then on it may have taken the mail, whatever we hear of it. */
    boolean isWritten() {
        return written;
    }
}
