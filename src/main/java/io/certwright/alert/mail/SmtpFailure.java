package io.certwright.alert.mail;

import io.certwright.alert.AlertSender;
import io.certwright.alert.Recipient;
import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a mail server's refusal or silence means: one sentence with a kind for each class of it. */
final class SmtpFailure {
    private static final Pattern BAD_GREETING = Pattern.compile("^Got bad greeting.* response: ([45]\\d\\d.*)");
    private static final String ENCRYPTION_FIX =
            "; correct the server, or use ?starttls=optional if mail may go there in clear text";

    private final MailSettings settings;
    private final MailLimits limits;
    private final Recipient to;

    SmtpFailure(MailSettings settings, MailLimits limits, Recipient to) {
        this.settings = settings;
        this.limits = limits;
        this.to = to;
    }

    /**
     * @param cutOff whether it was ended by us because it took too long
     * @param written whether the server has the whole text
     */
    LifecycleException explain(MessagingException failure, boolean cutOff, boolean written) {
        List<Throwable> chain = chain(failure);
        Optional<LifecycleException> refusal = refusal(chain);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String silence = cutOff ? "took longer than " + words(limits.whole()) + " for one mail" : silence(chain);
        if (written) {
            return of(
                    FailureKind.UNREACHABLE,
                    AlertSender.ANSWER_LOST,
                    silence + " after it had the whole mail; it may have taken it, so the same mail is sent again",
                    failure);
        }
        return find(chain, SSLException.class)
                .filter(tls ->
                        !cutOff && find(chain, SocketTimeoutException.class).isEmpty())
                .map(tls -> tls(chain))
                .orElseGet(() -> of(FailureKind.UNREACHABLE, "MAIL_UNREACHABLE", silence, failure));
    }

    /** What the server said in so many words. */
    private Optional<LifecycleException> refusal(List<Throwable> chain) {
        Optional<LifecycleException> login =
                find(chain, AuthenticationFailedException.class).map(this::login);
        return login.or(() -> find(chain, SMTPAddressFailedException.class)
                        .map(refused -> reply(
                                refused.getReturnCode(), "MAIL_RECIPIENT_REFUSED", "refuses mail to " + to, refused)))
                .or(() -> find(chain, SMTPSenderFailedException.class)
                        .map(refused -> reply(
                                refused.getReturnCode(),
                                "MAIL_SENDER_REFUSED",
                                "refuses mail from " + settings.from(),
                                refused)))
                .or(() -> find(chain, SMTPSendFailedException.class)
                        .filter(sent -> sent.getReturnCode() > 0)
                        .map(this::send))
                .or(() -> chain.stream()
                        .filter(each -> String.valueOf(each.getMessage()).startsWith("STARTTLS is required"))
                        .findFirst()
                        .map(absent -> of(
                                FailureKind.REFUSED,
                                "MAIL_NO_STARTTLS",
                                "offers no STARTTLS, wanted an encrypted connection" + ENCRYPTION_FIX,
                                absent)))
                .or(() -> chain.stream()
                        .map(this::greeting)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private LifecycleException login(AuthenticationFailedException refused) {
        String words = String.valueOf(refused.getMessage()).strip();
        if (words.startsWith("4")) {
            return of(FailureKind.THROTTLED, "MAIL_PUT_OFF", "cannot check the login now: " + quoted(words), refused);
        }
        String user = settings.login().map(MailSettings.Login::user).orElse("nobody");
        return of(
                FailureKind.UNAUTHORIZED,
                "MAIL_LOGIN_REFUSED",
                "refuses the login of " + Printable.quote(user) + ": " + quoted(words)
                        + "; correct alerts.mail.user and "
                        + settings.login()
                                .map(login -> login.secret().setting())
                                .orElse("alerts.mail.password"),
                refused);
    }

    private LifecycleException send(SMTPSendFailedException refused) {
        int code = refused.getReturnCode();
        if (code == 530 || code == 535 || code == 538) {
            String fix = "; set alerts.mail.user and alerts.mail.password";
            return of(
                    FailureKind.UNAUTHORIZED,
                    "MAIL_LOGIN_REFUSED",
                    "wants a login: " + quoted(String.valueOf(refused.getMessage())) + fix,
                    refused);
        }
        return reply(code, "MAIL_REFUSED", "refuses the mail to " + to, refused);
    }

    /** 4xx asks to come back later (RFC 5321, 4.2.1), greylisting included; 5xx means no. */
    private LifecycleException reply(int code, String refusedCode, String what, Throwable refused) {
        String words = quoted(String.valueOf(refused.getMessage()));
        return code >= 400 && code < 500
                ? of(FailureKind.THROTTLED, "MAIL_PUT_OFF", what + " for now: " + words, refused)
                : of(FailureKind.REFUSED, refusedCode, what + ": " + words, refused);
    }

    /** A server that is full or bans us says so instead of its greeting (RFC 5321, 3.1). */
    private Optional<LifecycleException> greeting(Throwable failure) {
        Matcher greeting = BAD_GREETING.matcher(String.valueOf(failure.getMessage()));
        if (!greeting.find()) {
            return Optional.empty();
        }
        String words = greeting.group(1);
        boolean later = words.startsWith("4");
        return Optional.of(of(
                later ? FailureKind.THROTTLED : FailureKind.REFUSED,
                later ? "MAIL_PUT_OFF" : "MAIL_REFUSED",
                "answered " + quoted(words) + " instead of a greeting",
                failure));
    }

    /** The innermost cause says what is wrong with the certificate. */
    private LifecycleException tls(List<Throwable> chain) {
        Throwable root = chain.get(chain.size() - 1);
        return of(
                FailureKind.REFUSED,
                "MAIL_TLS_FAILED",
                "offers no TLS connection that we can trust: " + quoted(String.valueOf(root.getMessage()))
                        + "; its certificate must name " + settings.server().host()
                        + " and come from a CA of the system or of trust-anchors",
                chain.get(0));
    }

    private String silence(List<Throwable> chain) {
        if (find(chain, UnknownHostException.class).isPresent()) {
            return "has no address in DNS; check alerts.mail.smtp";
        }
        if (chain.stream().anyMatch(each -> each instanceof SocketTimeoutException)) {
            return "does not answer within " + words(limits.connect()) + " to connect or " + words(limits.read())
                    + " to reply";
        }
        if (find(chain, ConnectException.class).isPresent()) {
            return "takes no connection; check that it runs and that alerts.mail.smtp names its port";
        }
        return "broke the connection: "
                + quoted(String.valueOf(chain.get(chain.size() - 1).getMessage()));
    }

    private LifecycleException of(FailureKind kind, String code, String what, Throwable cause) {
        return new LifecycleException(kind, code, "mail server " + settings.server() + " " + what, cause);
    }

    private static String words(Duration limit) {
        return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    private static String quoted(String words) {
        return Printable.quote(words.strip());
    }

    private static <T> Optional<T> find(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The mail library links its exceptions by {@code getNextException}, which it also gives as the cause. */
    private static List<Throwable> chain(Throwable top) {
        List<Throwable> chain = new ArrayList<>();
        Throwable next = top;
        while (next != null && !chain.contains(next) && chain.size() < 20) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }
}
