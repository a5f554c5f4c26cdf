package io.certwright.trust.windows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One value of the registry below {@code HKEY_LOCAL_MACHINE}.
 *
 * @param bytes as the registry and {@code Registry.pol} keep it: text in UTF-16LE with a zero at its end, numbers little-endian
 */
record RegistryValue(String key, String name, Type type, byte[] bytes) {
    /** The types that packages use, with their numbers (MS-GPREG 2.2.1) and names. */
    enum Type {
        TEXT(1, "String", "REG_SZ"),
        BINARY(3, "Binary", "REG_BINARY"),
        NUMBER(4, "DWord", "REG_DWORD");

        private final int number;
        private final String powerShellName;
        private final String windowsName;

        Type(int number, String powerShellName, String windowsName) {
            this.number = number;
            this.powerShellName = powerShellName;
            this.windowsName = windowsName;
        }

        int number() {
            return number;
        }

        /** What {@code Set-GPRegistryValue -Type} takes. */
        String powerShellName() {
            return powerShellName;
        }

        String windowsName() {
            return windowsName;
        }
    }

    static RegistryValue text(String key, String name, String text) {
        return new RegistryValue(key, name, Type.TEXT, (text + "\0").getBytes(StandardCharsets.UTF_16LE));
    }

    static RegistryValue number(String key, String name, int number) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
        return new RegistryValue(key, name, Type.NUMBER, bytes);
    }

    static RegistryValue binary(String key, String name, byte[] bytes) {
        return new RegistryValue(key, name, Type.BINARY, bytes);
    }

    /** As people read it. */
    String shown() {
        return switch (type) {
            case TEXT -> new String(bytes, 0, bytes.length - 2, StandardCharsets.UTF_16LE);
            case NUMBER ->
                Integer.toString(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
            case BINARY -> HexFormat.of().withUpperCase().formatHex(bytes);
        };
    }
}
