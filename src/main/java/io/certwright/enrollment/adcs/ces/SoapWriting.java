package io.certwright.enrollment.adcs.ces;

import io.certwright.config.SecretText;
import io.certwright.enrollment.adcs.access.Login;
import io.certwright.enrollment.adcs.access.LoginMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes our messages; whatever is a value goes in as text, so that nothing in it can become markup. */
final class SoapWriting {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter writer;
    private final Login login;

    private SoapWriting(Login login) throws XMLStreamException {
        this.writer = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
        this.login = login;
    }

    /** To whom a message goes, under which id, and with whose name and password. */
    record Heading(URI to, String messageId, Login login) {}

    /**
     * Puts a request (MS-WSTEP 3.1.4.1).
     *
     * @param valueType {@link Soap#PKCS10}, or {@link Soap#PKCS7} where the old certificate signed it
     */
    static byte[] issue(Heading heading, String valueType, byte[] token, String template) {
        return written(heading, Soap.REQUEST_TOKEN, message -> {
            message.begin(Soap.TRUST, "RequestSecurityToken");
            message.line(Soap.TRUST, "TokenType", Soap.X509_TOKEN);
            message.line(Soap.TRUST, "RequestType", Soap.ISSUE);
            message.begin(Soap.SECURITY, "BinarySecurityToken");
            message.writer.writeAttribute("ValueType", valueType);
            message.writer.writeAttribute("EncodingType", Soap.BASE64);
            message.text(Base64.getEncoder().encodeToString(token));
            message.end();
            message.begin(Soap.AUTHORIZATION, "AdditionalContext");
            message.begin(Soap.AUTHORIZATION, "ContextItem");
            message.writer.writeAttribute("Name", "CertificateTemplate");
            message.line(Soap.AUTHORIZATION, "Value", template);
            message.end();
            message.end();
            message.nothing(Soap.ENROLLMENT, "RequestID");
            message.end();
        });
    }

    /** Asks what became of a request. */
    static byte[] query(Heading heading, String number) {
        return written(heading, Soap.REQUEST_TOKEN, message -> {
            message.begin(Soap.TRUST, "RequestSecurityToken");
            message.line(Soap.TRUST, "TokenType", Soap.X509_TOKEN);
            message.line(Soap.TRUST, "RequestType", Soap.QUERY);
            message.line(Soap.ENROLLMENT, "RequestID", number);
            message.end();
        });
    }

    /** Asks for all templates (MS-XCEP 3.1.4.1). */
    static byte[] policies(Heading heading) {
        return written(heading, Soap.GET_POLICIES, message -> {
            message.begin(Soap.POLICY, "GetPolicies");
            message.begin(Soap.POLICY, "client");
            message.nothing(Soap.POLICY, "lastUpdate");
            message.nothing(Soap.POLICY, "preferredLanguage");
            message.end();
            message.nothing(Soap.POLICY, "requestFilter");
            message.end();
        });
    }

    /** What stands in the body. */
    @FunctionalInterface
    private interface Content {
        void write(SoapWriting message) throws XMLStreamException;
    }

    private static byte[] written(Heading heading, String action, Content content) {
        try {
            SoapWriting message = new SoapWriting(heading.login());
            message.writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            message.writer.writeStartElement("s", "Envelope", Soap.ENVELOPE);
            message.writer.writeNamespace("s", Soap.ENVELOPE);
            message.writer.writeNamespace("a", Soap.ADDRESSING);
            message.header(heading, action);
            message.writer.writeStartElement("s", "Body", Soap.ENVELOPE);
            content.write(message);
            message.writer.writeEndDocument();
            message.writer.close();
            return message.bytes.toByteArray();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a SOAP message cannot be written", impossible);
        }
    }

    private void header(Heading heading, String action) throws XMLStreamException {
        writer.writeStartElement("s", "Header", Soap.ENVELOPE);
        addressing("Action", true, action);
        addressing("MessageID", false, heading.messageId());
        writer.writeStartElement("a", "ReplyTo", Soap.ADDRESSING);
        addressing("Address", false, Soap.ANONYMOUS);
        writer.writeEndElement();
        addressing("To", true, heading.to().toString());
        if (login.method() == LoginMethod.USER_NAME) {
            userName();
        }
        writer.writeEndElement();
    }

    private void addressing(String name, boolean understood, String value) throws XMLStreamException {
        writer.writeStartElement("a", name, Soap.ADDRESSING);
        if (understood) {
            writer.writeAttribute("s", Soap.ENVELOPE, "mustUnderstand", "1");
        }
        writer.writeCharacters(value);
        writer.writeEndElement();
    }

    /** WS-Security UsernameToken with the password as it is: over TLS alone, as everything here. */
    private void userName() throws XMLStreamException {
        begin(Soap.SECURITY, "Security");
        writer.writeAttribute("s", Soap.ENVELOPE, "mustUnderstand", "1");
        begin(Soap.SECURITY, "UsernameToken");
        line(Soap.SECURITY, "Username", login.user().orElse(""));
        begin(Soap.SECURITY, "Password");
        writer.writeAttribute("Type", Soap.PASSWORD_TEXT);
        Optional<char[]> password = login.password().map(SecretText::reveal);
        if (password.isPresent()) {
            writer.writeCharacters(password.get(), 0, password.get().length);
            Arrays.fill(password.get(), '\0');
        }
        end();
        end();
        end();
    }

    private void begin(String namespace, String name) throws XMLStreamException {
        writer.writeStartElement("", name, namespace);
        writer.writeDefaultNamespace(namespace);
    }

    private void text(String value) throws XMLStreamException {
        writer.writeCharacters(value);
    }

    private void line(String namespace, String name, String value) throws XMLStreamException {
        begin(namespace, name);
        text(value);
        end();
    }

    /** An element that says expressly that it has no value. */
    private void nothing(String namespace, String name) throws XMLStreamException {
        begin(namespace, name);
        writer.writeNamespace("xsi", Soap.INSTANCE);
        writer.writeAttribute("xsi", Soap.INSTANCE, "nil", "true");
        end();
    }

    private void end() throws XMLStreamException {
        writer.writeEndElement();
    }
}
