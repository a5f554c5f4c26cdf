package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a web server that answers on port 80: answers are files in it. */
record WebRoot(IssuerName issuer, Path folder) implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(WebRoot.class);

    @Override
    public String type() {
        return "http-01";
    }

    @Override
    public void show(ChallengeAnswer answer) throws LifecycleException {
        try {
            Path file = fileOf(answer);
            Files.createDirectories(file.getParent());
            Files.writeString(file, answer.authorization(), StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw notWritable(failed);
        }
    }

    @Override
    public void withdraw(ChallengeAnswer answer) {
        try {
            Files.deleteIfExists(fileOf(answer));
        } catch (IOException stays) {
            LOG.warn(
                    "A file shown to the CA stays in {} ({})",
                    folder,
                    stays.getClass().getSimpleName());
        }
    }

    /** A token is base64url by the protocol, so that it names a file and no path. */
    private Path fileOf(ChallengeAnswer answer) {
        return folder.resolve(answer.path().substring(1));
    }

    @Override
    public String test() throws LifecycleException {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw notWritable(new IOException("it is no folder that may be written to"));
        }
        return "can write to " + Printable.quote(folder.toString());
    }

    private LifecycleException notWritable(IOException why) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "WEB_ROOT_NOT_WRITABLE",
                "issuer " + issuer + ": answers for http-01 cannot be written below "
                        + Printable.quote(folder.toString()) + " ("
                        + why.getClass().getSimpleName()
                        + "); check web-root and its permissions",
                why);
    }
}
