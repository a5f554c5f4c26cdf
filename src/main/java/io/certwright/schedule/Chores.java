package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import java.util.List;

/** What is to be done again and again. Each is harmless twice: after a node dies in the middle, another does it once more. */
public interface Chores {
    /** The certificates whose time has come, at most {@code limit}. */
    List<CertificateName> listDue(int limit) throws LifecycleException;

    /** Runs the story of one certificate, and retires what is over. */
    void tend(CertificateName name) throws LifecycleException;

    /** Looks for what expires. Knows nothing of renewing, so it works when renewing does not. */
    void watch() throws LifecycleException;

    /** Sends what is due in the outbox. */
    void sendMails() throws LifecycleException;

    /** Keeps fresh what issuers and trust packages publish. */
    void maintain() throws LifecycleException;
}
