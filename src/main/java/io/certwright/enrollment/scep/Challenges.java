package io.certwright.enrollment.scep;

import io.certwright.config.SecretText;
import io.certwright.enrollment.CaExchange;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
import io.certwright.http.HttpLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The passwords that go with requests: one of the settings, or a new one of the page for each first request. */
final class Challenges {
    private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 256 * 1024, false);

    /** A password that nobody uses is given up after an hour; by then one is free for certain. */
    private static final Duration UNTIL_ONE_IS_FREE = Duration.ofMinutes(60);

    private final IssuerName issuer;
    private final ScepSettings settings;

    Challenges(IssuerName issuer, ScepSettings settings) {
        this.issuer = issuer;
        this.settings = settings;
    }

    /** Where renewals need none and one of the settings costs nothing, that one goes along (RFC 8894, 2.4); the page is not asked. */
    Optional<SecretText> forRenewal() {
        return settings.challenge();
    }

    /** To be asked for just before the request, and never kept. */
    Optional<SecretText> forFirstRequest() throws LifecycleException {
        return settings.challengePage().isPresent()
                ? Optional.of(from(settings.challengePage().get()))
                : settings.challenge();
    }

    /**
     * A clause for people about how we are known. The page itself is left alone, for each look at it uses up a password. Throws
     * {@code CA_CREDENTIALS_REFUSED} where it does not take us.
     */
    String test() throws LifecycleException {
        Optional<ChallengeSettings> page = settings.challengePage();
        if (page.isEmpty()) {
            return settings.knowsChallenge() ? "; the challenge shows only when a certificate is asked for" : "";
        }
        HttpResponse<byte[]> answer =
                besideIt(page.get(), page.get().user(), settings.access().open(LIMITS));
        if (isTurnedAway(answer.statusCode())) {
            throw refused(page.get(), answer);
        }
        HttpClient nobody = settings.access().open(LIMITS, Optional.empty());
        return isTurnedAway(besideIt(page.get(), Optional.empty(), nobody).statusCode())
                ? "; its challenge page takes us"
                : "; whether its challenge page takes us shows only when a certificate is asked for";
    }

    private HttpResponse<byte[]> besideIt(ChallengeSettings page, Optional<BasicUser> as, HttpClient client)
            throws LifecycleException {
        HttpRequest.Builder question = HttpRequest.newBuilder(page.besideIt()).GET();
        as.ifPresent(user -> question.header("Authorization", user.authorization()));
        return new CaExchange(issuer, server(page), client).send(question.build());
    }

    private static boolean isTurnedAway(int status) {
        return status == 401 || status == 403;
    }

    private SecretText from(ChallengeSettings page) throws LifecycleException {
        HttpRequest.Builder question = HttpRequest.newBuilder(page.url()).GET();
        page.user().ifPresent(user -> question.header("Authorization", user.authorization()));
        HttpResponse<byte[]> answer =
                new CaExchange(issuer, server(page), settings.access().open(LIMITS)).send(question.build());
        if (answer.statusCode() != 200) {
            throw refused(page, answer);
        }
        ChallengePage shown = ChallengePage.of(answer.body());
        Optional<SecretText> password = shown.password();
        if (password.isEmpty()) {
            throw withoutPassword(page, shown);
        }
        return password.get();
    }

    private LifecycleException withoutPassword(ChallengeSettings page, ChallengePage shown) {
        String sentence = "issuer " + issuer + ": " + server(page);
        if (shown.saysThatItHasNone()) {
            return LifecycleException.throttled(
                    "CHALLENGE_CACHE_FULL",
                    sentence
                            + " has given away all passwords that it keeps at a time; one is free when one of them is used or"
                            + " an hour old, or raise PasswordMax in the registry of NDES",
                    UNTIL_ONE_IS_FREE);
        }
        return new LifecycleException(
                FailureKind.REFUSED,
                "CHALLENGE_MISSING",
                sentence + " shows no password, or several, and says \"" + shown.wordsForPeople()
                        + "\"; its cache may be full, the user may lack the right to enrol, or url is another page");
    }

    private LifecycleException refused(ChallengeSettings page, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String sentence = "issuer " + issuer + ": " + server(page) + " answers with HTTP status " + status;
        if (isTurnedAway(status)) {
            return new LifecycleException(
                    FailureKind.UNAUTHORIZED, "CA_CREDENTIALS_REFUSED", sentence + "; " + whatToDo(page, answer));
        }
        return new LifecycleException(
                status >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                "CA_REFUSED",
                sentence + ", wanted 200; check challenge-page, and the server's own log");
    }

    private static String whatToDo(ChallengeSettings page, HttpResponse<byte[]> answer) {
        List<String> offered = answer.headers().allValues("WWW-Authenticate");
        boolean basic = offered.stream()
                .anyMatch(header -> header.strip().regionMatches(true, 0, "Basic", 0, "Basic".length()));
        if (!offered.isEmpty() && !basic) {
            return "it does not offer Basic, and nothing else is spoken here; allow Basic for this page in IIS, which needs"
                    + " https alone";
        }
        return page.user().isPresent()
                ? "correct its user and password"
                : "write user and password into challenge-page";
    }

    private static String server(ChallengeSettings page) {
        return "the page "
                + io.certwright.certificate.Printable.escape(page.url().toString(), 200);
    }
}
