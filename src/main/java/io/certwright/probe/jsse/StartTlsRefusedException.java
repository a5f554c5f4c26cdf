package io.certwright.probe.jsse;

import java.io.IOException;

/** The server will not begin TLS in the way that was asked for; the message says what was got and wanted. */
final class StartTlsRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    StartTlsRefusedException(String sentence) {
        super(sentence);
    }
}
