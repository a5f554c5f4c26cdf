package io.certwright.enrollment.adcs.access;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Logs a connection in and sends a request over it: NTLM is bound to the connection, not to the request. The client must be fresh, so that
 * it has no other connection to take.
 */
final class NtlmLogin {
    private static final String SCHEME = "NTLM ";

    private final NtlmTalk talk;
    private final Clock clock;
    private final SecureRandom random;

    NtlmLogin(NtlmTalk talk, Clock clock, SecureRandom random) {
        this.talk = talk;
        this.clock = clock;
        this.random = random;
    }

    /** The answer to our first message, and what is to be sent now. */
    record Challenged(HttpResponse<byte[]> answer, Optional<String> authorization) {}

    /** Without the request's body, so that nothing of it has left yet. */
    Challenged begin(HttpClient fresh, HttpRequest request) throws IOException, InterruptedException {
        byte[] first = NtlmTalk.first();
        HttpRequest.Builder knock = HttpRequest.newBuilder(request.uri())
                .method(request.method(), HttpRequest.BodyPublishers.noBody())
                .header("Authorization", SCHEME + Base64.getEncoder().encodeToString(first));
        request.headers().firstValue("User-Agent").ifPresent(agent -> knock.header("User-Agent", agent));
        HttpResponse<byte[]> answer = fresh.send(knock.build(), HttpResponse.BodyHandlers.ofByteArray());
        Optional<byte[]> challenge = challengeIn(answer);
        return new Challenged(
                answer,
                challenge.isPresent()
                        ? Optional.of(SCHEME
                                + answered(
                                        first,
                                        challenge.get(),
                                        answer,
                                        request.uri().getHost()))
                        : Optional.empty());
    }

    private static Optional<byte[]> challengeIn(HttpResponse<byte[]> answer) throws IOException {
        Optional<String> offered = answer.headers().allValues("WWW-Authenticate").stream()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .findFirst();
        try {
            return offered.map(value ->
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).strip()));
        } catch (IllegalArgumentException garbage) {
            throw new IOException("its NTLM challenge is no base64", garbage);
        }
    }

    private String answered(byte[] first, byte[] challenge, HttpResponse<byte[]> answer, String host)
            throws IOException {
        byte[] channel = ChannelBindings.hashed(ChannelBindings.of(serverOf(answer)));
        try {
            return Base64.getEncoder()
                    .encodeToString(talk.answerTo(first, challenge, channel, host, clock.instant(), random));
        } catch (RuntimeException garbage) {
            throw new IOException("its NTLM challenge cannot be read", garbage);
        }
    }

    static X509Certificate serverOf(HttpResponse<byte[]> answer) throws SSLPeerUnverifiedException {
        Certificate[] chain = answer.sslSession()
                .map(NtlmLogin::peersOf)
                .orElseThrow(() -> new SSLPeerUnverifiedException("the connection is not TLS"));
        return (X509Certificate) chain[0];
    }

    private static Certificate[] peersOf(SSLSession session) {
        try {
            return session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException nobody) {
            throw new IllegalStateException("TLS without a server's certificate", nobody);
        }
    }
}
