package io.certwright.fuzz;

import java.util.Locale;

/** Where Jazzer calls in. Its {@code --target_args} name the {@link FuzzTarget}. */
public final class FuzzEntry {
    private static volatile FuzzTarget target = FuzzTarget.CERTIFICATE;

    private FuzzEntry() {}

    /** Runs the seeds, so that no class is loaded and instrumented while the time of an input is measured. */
    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = FuzzTarget.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        for (byte[] seed : target.seeds()) {
            target.run(seed);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        target.run(input);
    }
}
