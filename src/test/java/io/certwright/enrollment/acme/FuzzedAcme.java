package io.certwright.enrollment.acme;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeyGenerator;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.TokenChallenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/** What an ACME CA may send, read by the library as we use it, opened for fuzzing. */
public final class FuzzedAcme {
    private static final IssuerName NAME = new IssuerName("acme");
    private static final URI DIRECTORY = URI.create("https://ca.test/dir");

    private static final String USUAL_DIRECTORY = """
            {"newNonce": "https://ca.test/nonce", "newAccount": "https://ca.test/account", "newOrder": "https://ca.test/order",
             "revokeCert": "https://ca.test/revoke", "keyChange": "https://ca.test/key", "renewalInfo": "https://ca.test/info"}
            """;

    private final java.security.KeyPair key = new KeyGenerator(new SecureRandom()).generate(KeySpec.P_256);
    private final EnrollmentRequest request;
    private final AcmeFailures failures;

    public FuzzedAcme(Instant now) {
        this.request = TestRequests.fresh(new TestSealer(), KeySpec.P_256, now, "wsus.certwright.test");
        this.failures = new AcmeFailures(NAME, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Reads the input as each kind of answer; what comes of it, in sentences. */
    public List<String> read(byte[] input) {
        List<String> sentences = new ArrayList<>();
        Login json = login(new FixedClient(200, "application/json", input), USUAL_DIRECTORY);
        sentences.add(told(() -> orderIn(json)));
        sentences.add(told(() -> authorizationIn(json)));
        sentences.add(told(() -> renewalInfoIn(json)));
        sentences.add(told(() -> directoryIn(input)));
        sentences.add(told(() -> chainIn(input)));
        sentences.add(
                told(() -> orderIn(login(new FixedClient(403, "application/problem+json", input), USUAL_DIRECTORY))));
        sentences.add(
                told(() -> orderIn(login(new FixedClient(429, "application/problem+json", input), USUAL_DIRECTORY))));
        return sentences;
    }

    private String told(AcmeFailures.Work<String> work) {
        try {
            return failures.telling("reading it", work);
        } catch (LifecycleException refused) {
            return refused.code() + " " + refused.getMessage();
        }
    }

    private static String orderIn(Login login) throws AcmeException {
        Order order = login.bindOrder(address("order"));
        order.fetch();
        String error = order.getError().map(FuzzedAcme::words).orElse("none");
        return "order " + order.getStatus() + ", " + order.getAuthorizations().size() + " names, error " + error;
    }

    private static String authorizationIn(Login login) throws AcmeException {
        Authorization authorization = login.bindAuthorization(address("authorization"));
        authorization.fetch();
        int answers = 0;
        String error = "none";
        for (Challenge challenge : authorization.getChallenges()) {
            answers += challenge instanceof TokenChallenge token
                    ? token.getAuthorization().length()
                    : 0;
            error = challenge.getError().map(FuzzedAcme::words).orElse(error);
        }
        int name = authorization.getIdentifier().getValue().length();
        return "authorization " + authorization.getStatus() + " of " + name + " letters, " + answers + ", error "
                + error;
    }

    private static String renewalInfoIn(Login login) throws AcmeException {
        RenewalInfo info = login.bindRenewalInfo(address("info"));
        Optional<Instant> again = info.fetch();
        return "window " + info.getSuggestedWindowStart() + " to " + info.getSuggestedWindowEnd() + ", again " + again;
    }

    private static String directoryIn(byte[] input) throws AcmeException {
        Session session =
                session(new FixedClient(200, "application/json", input), new String(input, StandardCharsets.UTF_8));
        var wishes = session.getMetadata();
        return "directory with " + wishes.getProfiles().size() + " profiles, external "
                + wishes.isExternalAccountRequired() + ", terms "
                + wishes.getTermsOfService().isPresent();
    }

    private String chainIn(byte[] input) throws AcmeException, LifecycleException {
        Login login = login(new FixedClient(200, "application/pem-certificate-chain", input), USUAL_DIRECTORY);
        var certificate = login.bindCertificate(address("certificate"));
        return new Chains(NAME, Optional.of("ISRG Root X1"))
                        .from(request, certificate)
                        .certificates()
                        .size() + " certificates";
    }

    private static String words(Problem problem) {
        return AcmeFailures.wordsOf(problem);
    }

    private Login login(HttpClient client, String directory) {
        return session(client, directory).login(address("account/1"), key);
    }

    private static Session session(HttpClient client, String directory) {
        return new Session(DIRECTORY, new GenericAcmeProvider() {
            @Override
            public HttpClient createHttpClient(NetworkSettings settings) {
                return client;
            }

            @Override
            public JSON directory(Session session, URI address) throws AcmeException {
                return JSON.parse(directory);
            }
        });
    }

    private static URL address(String path) {
        try {
            return URI.create("https://ca.test/" + path).toURL();
        } catch (java.net.MalformedURLException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
