package io.certwright.enrollment.adcs.access;

import io.certwright.config.SecretText;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.http.HttpLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Exchanges with one server, as whom the settings say. */
public final class Wire {
    private static final Duration TIME = Duration.ofSeconds(20);

    private final HttpAccess access;
    private final Login login;
    private final HttpLimits limits;
    private final String ownType;
    private final WireFailures failures;
    private final AdcsParts parts;
    private @Nullable HttpClient client;

    /**
     * @param most bytes of an answer
     * @param ownType the media type in which the protocol tells its own failures, with whatever status
     */
    public Wire(
            IssuerName issuer, URI server, HttpAccess access, Login login, AdcsParts parts, int most, String ownType) {
        this.parts = parts;
        this.access = access;
        this.login = login;
        this.limits = new HttpLimits(TIME, most, false);
        this.ownType = ownType;
        this.failures = new WireFailures(issuer, server.getHost(), login);
    }

    /** For questions that change nothing. */
    public Answer look(HttpRequest.Builder request) throws LifecycleException {
        try {
            return accepted(sent(request));
        } catch (IOException broken) {
            throw failures.broken(broken);
        }
    }

    /** For requests that may be granted: a failure after which that is not known is an answer lost. */
    public Answer ask(HttpRequest.Builder request) throws LifecycleException {
        HttpResponse<byte[]> answer;
        try {
            answer = sent(request);
        } catch (IOException broken) {
            LifecycleException failed = failures.broken(broken);
            throw WireFailures.isNeverSent(broken) ? failed : AnswerLostException.after(failed);
        }
        try {
            return accepted(answer);
        } catch (LifecycleException refused) {
            throw answer.statusCode() >= 500 ? AnswerLostException.after(refused) : refused;
        }
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request) throws LifecycleException, IOException {
        try {
            return exchanged(request);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("not asked to the end").initCause(stopped);
        }
    }

    private HttpResponse<byte[]> exchanged(HttpRequest.Builder request)
            throws LifecycleException, IOException, InterruptedException {
        return switch (login.method()) {
            case BASIC -> sent(client(), request.setHeader("Authorization", "Basic " + basic()));
            case NTLM -> byNtlm(request);
            case KERBEROS -> sent(client(), request.setHeader("Authorization", "Negotiate " + ticket(request)));
            case CERTIFICATE, USER_NAME -> sent(client(), request);
        };
    }

    private static HttpResponse<byte[]> sent(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** What fails before the request itself leaves is told so. */
    private HttpResponse<byte[]> byNtlm(HttpRequest.Builder request)
            throws LifecycleException, IOException, InterruptedException {
        NtlmTalk talk =
                new NtlmTalk(login.user().orElseThrow(), login.password().orElseThrow());
        HttpClient fresh = access.open(limits);
        NtlmLogin.Challenged challenged;
        try {
            challenged = new NtlmLogin(talk, parts.clock(), parts.random()).begin(fresh, request.build());
        } catch (IOException broken) {
            throw failures.broken(broken);
        }
        if (challenged.authorization().isEmpty() && challenged.answer().statusCode() == 401) {
            return challenged.answer();
        }
        challenged.authorization().ifPresent(value -> request.setHeader("Authorization", value));
        return sent(fresh, request);
    }

    private Answer accepted(HttpResponse<byte[]> response) throws LifecycleException {
        int status = response.statusCode();
        Answer answer = new Answer(status, response.headers(), response.body());
        if (status == 200 || (answer.mediaType().equals(ownType) && status >= 400)) {
            return answer;
        }
        if (status == 401 || status == 403) {
            throw failures.unauthorized(status, response.headers().allValues("WWW-Authenticate"));
        }
        throw status >= 300 && status < 400
                ? failures.redirected(
                        status, response.headers().firstValue("Location").orElse(""))
                : failures.status(answer);
    }

    private String ticket(HttpRequest.Builder request) throws LifecycleException {
        return new KerberosTickets(failures.issuer(), login)
                .tokenFor(request.build().uri().getHost());
    }

    private String basic() {
        byte[] name = (login.user().orElse("") + ":").getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().map(SecretText::revealUtf8).orElse(new byte[0]);
        byte[] both = Arrays.copyOf(name, name.length + password.length);
        System.arraycopy(password, 0, both, name.length, password.length);
        try {
            return Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(password, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }

    private synchronized HttpClient client() throws LifecycleException {
        if (client == null) {
            client = access.open(limits);
        }
        return client;
    }
}
