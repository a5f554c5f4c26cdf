package io.certwright.cli;

import io.certwright.probe.Endpoint;
import io.certwright.probe.Look;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.StartTls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What endpoints presented: a table of those that did, then why the others did not; a single one with its whole chain. */
record ProbeAnswer(List<Look> looks, Instant at) implements Answer {
    @Override
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        Table table = Table.of("ENDPOINT", "NAME", "ISSUER", "VALID", "PROTOCOL", "THUMBPRINT");
        looks.stream()
                .filter(Look.Shown.class::isInstance)
                .map(Look.Shown.class::cast)
                .forEach(look -> row(table, look));
        if (!table.isEmpty()) {
            lines.addAll(table.lines(colours));
        }
        if (looks.size() == 1 && looks.get(0) instanceof Look.Shown only) {
            lines.add("");
            lines.addAll(new CertificateTree(at, colours)
                    .asGiven(only.presented().chain().certificates()));
        }
        for (Look look : looks) {
            if (look instanceof Look.NotShown dark) {
                lines.add(
                        Tone.BAD.paint("not seen", colours) + ": " + dark.why().getMessage());
            }
        }
        return lines;
    }

    private void row(Table table, Look.Shown look) {
        CertificateText text = CertificateText.of(look.presented().chain().leaf());
        Tone tone = text.validity().isValidAt(at) ? Tone.PLAIN : Tone.BAD;
        table.row(
                look.endpoint(),
                text.firstName(),
                text.issuer(),
                new Cell(text.lifeAt(at), tone),
                look.presented().protocol(),
                text.thumbprint().hex());
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects("endpoints", looks, this::write);
    }

    private void write(JsonObject json, Look look) {
        Endpoint endpoint = look.endpoint();
        json.put("host", endpoint.host()).put("port", endpoint.port()).putIfPresent("sni", endpoint.sni());
        if (endpoint.startTls() != StartTls.NONE) {
            json.put("starttls", endpoint.startTls().toString());
        }
        if (look instanceof Look.Shown shown) {
            PresentedCertificate presented = shown.presented();
            json.put("protocol", presented.protocol()).put("cipherSuite", presented.cipherSuite());
            CertificateText.of(presented.chain().leaf()).write(json, at);
            json.putObjects(
                    "chain",
                    presented.chain().certificates(),
                    (object, one) -> CertificateText.of(one).write(object, at));
        } else if (look instanceof Look.NotShown dark) {
            json.putObject(
                    "error",
                    error -> error.put("exit", ExitCode.of(dark.why()).number())
                            .put("code", dark.why().code())
                            .put("message", dark.why().getMessage()));
        }
    }
}
