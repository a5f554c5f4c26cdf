package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * TXT records by updates (RFC 2136) to the zone's primary server, over TCP. Several values may stand under one name at once: a
 * domain and its wildcard, or two processes at work, do not disturb each other.
 */
final class DnsUpdates implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(DnsUpdates.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TTL_SECONDS = 60;
    private static final int MOST_LABELS = 128;

    private final IssuerName issuer;
    private final Endpoint server;
    private final Dns01Settings settings;

    DnsUpdates(IssuerName issuer, Endpoint server, Dns01Settings settings) {
        this.issuer = issuer;
        this.server = server;
        this.settings = settings;
    }

    @Override
    public String type() {
        return "dns-01";
    }

    @Override
    public void show(ChallengeAnswer answer) throws LifecycleException {
        try {
            Name name = absolute(answer.recordName());
            Update update = new Update(zoneOf(name));
            update.add(recordOf(name, answer));
            send(update, answer.recordName());
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    @Override
    public void withdraw(ChallengeAnswer answer) {
        try {
            Name name = absolute(answer.recordName());
            Update update = new Update(zoneOf(name));
            update.delete(recordOf(name, answer));
            send(update, answer.recordName());
        } catch (IOException | LifecycleException stays) {
            LOG.warn("The TXT record {} stays in DNS: {}", answer.recordName(), stays.getMessage());
        }
    }

    private static TXTRecord recordOf(Name name, ChallengeAnswer answer) {
        return new TXTRecord(name, DClass.IN, TTL_SECONDS, answer.digest());
    }

    private void send(Update update, String recordName) throws IOException, LifecycleException {
        Message answer = resolver().send(update);
        if (answer.getRcode() != Rcode.NOERROR) {
            throw refused(recordName, Rcode.string(answer.getRcode()), answer.getRcode());
        }
    }

    private LifecycleException refused(String recordName, String word, int code) {
        boolean ours = isOurs(code);
        return new LifecycleException(
                ours ? FailureKind.UNAUTHORIZED : FailureKind.REFUSED,
                "DNS_UPDATE_REFUSED",
                "issuer " + issuer + ": DNS server " + server + " answers " + word + " to the update of "
                        + Printable.quote(recordName) + ", wanted NOERROR; "
                        + (ours
                                ? "check the TSIG key and that it may change TXT records there"
                                : "check that it is the primary server of that zone"));
    }

    /** Whether it is our key or our rights that the server does not take. */
    private static boolean isOurs(int code) {
        return code == Rcode.NOTAUTH || code == Rcode.REFUSED;
    }

    private LifecycleException unreachable(IOException why) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "DNS_SERVER_UNREACHABLE",
                "issuer " + issuer + ": DNS server " + server + " gives no answer over TCP ("
                        + Printable.escape(String.valueOf(why.getMessage()), 80)
                        + "); check that it runs and can be reached",
                why);
    }

    /** As set, else where the server says that the zone of the name begins. */
    private Name zoneOf(Name name) throws IOException, LifecycleException {
        if (settings.zone().isPresent()) {
            return absolute(settings.zone().get().value());
        }
        Name at = name;
        for (int labels = 0; labels < MOST_LABELS && at.labels() > 1; labels++) {
            Message answer = resolver().send(Message.newQuery(Record.newRecord(at, Type.SOA, DClass.IN)));
            if (isOurs(answer.getRcode())) {
                throw refused(name.toString(true), Rcode.string(answer.getRcode()), answer.getRcode());
            }
            Optional<Name> zone = zoneIn(answer, name);
            if (zone.isPresent()) {
                return zone.get();
            }
            at = new Name(at, 1);
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "DNS_ZONE_UNKNOWN",
                "issuer " + issuer + ": DNS server " + server + " names no zone for "
                        + Printable.quote(name.toString(true)) + "; write zone into the settings of dns-01");
    }

    private static Optional<Name> zoneIn(Message answer, Name name) {
        return java.util.stream.Stream.of(Section.ANSWER, Section.AUTHORITY)
                .flatMap(section -> answer.getSection(section).stream())
                .filter(found -> found instanceof SOARecord)
                .map(Record::getName)
                .filter(name::subdomain)
                .findFirst();
    }

    private SimpleResolver resolver() throws IOException {
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(server.host(), server.port()));
        resolver.setTCP(true);
        resolver.setTimeout(LIMIT);
        settings.tsig().ifPresent(tsig -> resolver.setTSIGKey(keyOf(tsig)));
        return resolver;
    }

    private static TSIG keyOf(Dns01Settings.Tsig tsig) {
        byte[] secret = tsig.secret();
        try {
            return new TSIG(
                    Name.fromConstantString(tsig.algorithm().toLowerCase(Locale.ROOT) + "."),
                    Name.fromConstantString(tsig.name() + "."),
                    secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static Name absolute(String name) throws TextParseException {
        return Name.fromString(name, Name.root);
    }

    @Override
    public String test() throws LifecycleException {
        try {
            Message answer = resolver()
                    .send(Message.newQuery(Record.newRecord(
                            absolute(settings.zone().map(Object::toString).orElse(".")), Type.SOA, DClass.IN)));
            if (isOurs(answer.getRcode()) && settings.zone().isPresent()) {
                throw refused("anything", Rcode.string(answer.getRcode()), answer.getRcode());
            }
            return "reaches DNS server " + server;
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }
}
