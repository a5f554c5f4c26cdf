package io.certwright.http;

import java.io.IOException;

/** The other side sent more than was to be taken; the rest was not read. */
public final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLongException(int most) {
        super("the answer is longer than " + most / 1024 + " kB");
    }
}
