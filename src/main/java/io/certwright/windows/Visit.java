package io.certwright.windows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One start of PowerShell: its arguments, which hold nothing secret and no character that cmd.exe or PowerShell as a login shell gives
 * a meaning to, and what it reads on stdin, which may hold a key and is wiped on {@link #close()}.
 */
public final class Visit implements AutoCloseable {
    /** More than this on stdout is no answer. Bytes; sites with 50,000 bindings take about 8 million. */
    public static final int LONGEST_OUTPUT = 32_000_000;

    private final List<String> arguments;
    private final byte[] input;
    private final Duration limit;

    Visit(List<String> arguments, byte[] input, Duration limit) {
        this.arguments = List.copyOf(arguments);
        this.input = input;
        this.limit = limit;
    }

    /** Of {@code powershell.exe}, without the program. */
    public List<String> arguments() {
        return arguments;
    }

    /** For stdin; the carrier keeps no copy. */
    public byte[] input() {
        return input;
    }

    /** From the start to the end, connecting included. */
    public Duration limit() {
        return limit;
    }

    @Override
    public void close() {
        Arrays.fill(input, (byte) 0);
    }
}
