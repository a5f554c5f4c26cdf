package io.certwright.app;

import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that reads a file as most do on Windows, letting nobody replace it, until its second file is taken away. */
final class HoldingOpen {
    private HoldingOpen() {}

    public static void main(String[] files) throws Exception {
        Path sign = Path.of(files[1]);
        try (FileInputStream open = new FileInputStream(files[0])) {
            Files.writeString(sign, "open at " + open.read());
            for (int i = 0; i < 1200 && Files.exists(sign); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
