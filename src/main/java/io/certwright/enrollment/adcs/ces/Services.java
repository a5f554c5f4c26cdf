package io.certwright.enrollment.adcs.ces;

import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.enrollment.adcs.access.Wire;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.UUID;

/** The two web services and the questions that are put to them. */
final class Services {
    private static final int MOST_BYTES = 1024 * 1024;
    /** A forest may have some hundred templates. */
    private static final int MOST_POLICY_BYTES = 8 * 1024 * 1024;

    private final IssuerName issuer;
    private final CesSettings settings;
    private final AdcsParts parts;
    private final Wire enrollment;
    private final Optional<Wire> policy;

    Services(IssuerName issuer, CesSettings settings, AdcsParts parts) {
        this.issuer = issuer;
        this.settings = settings;
        this.parts = parts;
        this.enrollment = wire(settings.url(), MOST_BYTES);
        this.policy = settings.policyUrl().map(url -> wire(url, MOST_POLICY_BYTES));
    }

    private Wire wire(URI url, int most) {
        return new Wire(issuer, url, settings.access(), settings.login(), parts, most, Soap.MEDIA_TYPE);
    }

    /** What CEP says of the templates; empty where the settings name none. */
    Optional<SoapAnswer> policies() throws LifecycleException {
        if (policy.isEmpty() || settings.policyUrl().isEmpty()) {
            return Optional.empty();
        }
        URI url = settings.policyUrl().get();
        SoapWriting.Heading heading = heading(url);
        Answer answer = policy.get().look(message(url, SoapWriting.policies(heading)));
        return Optional.of(SoapAnswer.open(issuer, answer, heading.messageId()));
    }

    /** From here on the CA may hold the request. */
    SoapAnswer issue(String valueType, byte[] token) throws LifecycleException {
        SoapWriting.Heading heading = heading(settings.url());
        byte[] request =
                SoapWriting.issue(heading, valueType, token, settings.template().value());
        Answer answer = enrollment.ask(message(settings.url(), request));
        try {
            return SoapAnswer.open(issuer, answer, heading.messageId());
        } catch (LifecycleException garbage) {
            throw AnswerLostException.after(garbage);
        }
    }

    SoapAnswer query(String number) throws LifecycleException {
        SoapWriting.Heading heading = heading(settings.url());
        Answer answer = enrollment.look(message(settings.url(), SoapWriting.query(heading, number)));
        return SoapAnswer.open(issuer, answer, heading.messageId());
    }

    private SoapWriting.Heading heading(URI to) {
        UUID id = new UUID(parts.random().nextLong(), parts.random().nextLong());
        return new SoapWriting.Heading(to, "urn:uuid:" + id, settings.login());
    }

    private static HttpRequest.Builder message(URI to, byte[] message) {
        return HttpRequest.newBuilder(to)
                .header("Content-Type", Soap.MEDIA_TYPE + "; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    }
}
