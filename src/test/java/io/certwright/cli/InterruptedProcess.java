package io.certwright.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process with one long command, for {@link InterruptionTest}: it writes what happens to it into a file. */
final class InterruptedProcess {
    private InterruptedProcess() {}

    /** Takes the file, how the command takes an interruption ({@code ends}, {@code hangs}, {@code hook-hangs}), and words. */
    public static void main(String[] arguments) {
        Path diary = Path.of(arguments[0]);
        String manner = arguments[1];
        if (manner.equals("hook-hangs")) {
            Runtime.getRuntime().addShutdownHook(new Thread(InterruptedProcess::waitForEver));
        }
        CommandBody body = (screen, rooms) -> {
            write(diary, "started\n");
            try {
                new CountDownLatch(1).await();
                return ExitCode.DONE;
            } catch (InterruptedException e) {
                if (manner.equals("hangs")) {
                    waitForEver();
                }
                write(diary, "interrupted\n");
                screen.note("too late to say anything");
                throw e;
            }
        };
        House house = new DiaryHouse(diary);
        String[] words = java.util.Arrays.copyOfRange(arguments, 2, arguments.length);
        PrintStream out = System.out;
        PrintStream err = System.err;
        CommandFrame frame = new CommandFrame(
                ScriptedCommand.table(body),
                house,
                new CommandFrame.Output(out, err, Terminal.none(), Duration.ofMillis(500)));
        System.exit(frame.run(words));
    }

    private static void waitForEver() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void write(Path diary, String line) {
        try {
            Files.writeString(diary, Files.exists(diary) ? Files.readString(diary) + line : line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record DiaryHouse(Path diary) implements House {
        @Override
        public Rooms enter(GlobalOptions options) {
            return new ClosedRooms() {
                @Override
                public SettingsReport settings() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Surroundings surroundings() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {
                    write(diary, "closed\n");
                }
            };
        }

        @Override
        public String version() {
            return "0.1.0";
        }
    }
}
