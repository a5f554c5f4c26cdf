package io.certwright.enrollment.acme;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the CA said about renewing which certificate (RFC 9773), and when it may be asked again. */
final class Suggestions {
    private static final Logger LOG = LoggerFactory.getLogger(Suggestions.class);
    private static final String KIND = "renewal-info";
    private static final Pattern FORM = Pattern.compile("(\\S+) (\\S+) (\\S+) (\\S*)");

    /** Without a Retry-After; RFC 9773, 4.3.2, leaves it to the client. */
    private static final Duration UNASKED = Duration.ofHours(6);

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_EXPLANATION = 300;

    private final IssuerName issuer;
    private final IssuerMemory memory;

    Suggestions(IssuerName issuer, IssuerMemory memory) {
        this.issuer = issuer;
        this.memory = memory;
    }

    /** What was said, and from when on it may be asked again. */
    private record Said(RenewalWindow window, Instant askAgain) {}

    static boolean areOffered(Session session) throws AcmeException {
        return session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
    }

    Optional<RenewalWindow> find(IssuedCertificate certificate) throws LifecycleException {
        return fact(certificate).flatMap(Suggestions::read).map(Said::window);
    }

    boolean mayAsk(IssuedCertificate certificate, Instant now) throws LifecycleException {
        return fact(certificate)
                .flatMap(Suggestions::read)
                .filter(said -> now.isBefore(said.askAgain()))
                .isEmpty();
    }

    /** Throws IllegalArgumentException, or what the library throws, where the CA's answer means nothing. */
    boolean refresh(Login login, IssuedCertificate certificate, Instant now) throws AcmeException, LifecycleException {
        RenewalInfo answer = login.bindRenewalInfo(certificate.leaf());
        Optional<Instant> again = answer.fetch();
        RenewalWindow window = new RenewalWindow(
                answer.getSuggestedWindowStart(), answer.getSuggestedWindowEnd(), explanationOf(answer));
        Duration wait = again.map(instant -> Duration.between(now, instant)).orElse(UNASKED);
        Optional<RenewalWindow> before = find(certificate);
        store(certificate, new Said(window, now.plus(bounded(wait))), now);
        return before.filter(window::equals).isEmpty();
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<String> explanationOf(RenewalInfo answer) {
        return answer.getExplanation()
                .map(Object::toString)
                .filter(text -> text.length() <= LONGEST_EXPLANATION && !text.contains(" "));
    }

    private void store(IssuedCertificate certificate, Said said, Instant now) throws LifecycleException {
        String text = said.window().opens() + " " + said.window().closes() + " " + said.askAgain() + " "
                + said.window().explanation().orElse("");
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        Remembered stands = memory.remember(issuer, Remembered.first(KIND, keyOf(certificate), value, now));
        if (!memory.replace(issuer, stands.next(value, now), stands.version())) {
            LOG.debug("another node asked for renewal information of {} at the same time", certificate.thumbprint());
        }
    }

    private Optional<Remembered> fact(IssuedCertificate certificate) throws LifecycleException {
        return memory.find(issuer, KIND, keyOf(certificate));
    }

    private static String keyOf(IssuedCertificate certificate) {
        return certificate.sha256().hex();
    }

    /** What does not parse counts as not said. */
    private static Optional<Said> read(Remembered fact) {
        Matcher parts = FORM.matcher(new String(fact.value(), StandardCharsets.UTF_8));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Optional<String> explanation = Optional.of(parts.group(4)).filter(text -> !text.isEmpty());
            RenewalWindow window =
                    new RenewalWindow(Instant.parse(parts.group(1)), Instant.parse(parts.group(2)), explanation);
            return Optional.of(new Said(window, Instant.parse(parts.group(3))));
        } catch (DateTimeParseException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
