package io.certwright.probe.jsse;

import java.io.IOException;

/** What answered is no TLS server; the message is the beginning of what it said. */
final class NotTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTlsException(String greeting) {
        super(greeting);
    }
}
