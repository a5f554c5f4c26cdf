package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The policy of machines that scan, as {@code .reg} and as {@code Registry.pol} (MS-GPREG 2.2.1), and the way out of an emergency. */
final class PolicyForm implements PackageForm {
    private static final byte[] SIGNATURE = "PReg".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    @Override
    public List<PackageFile> files(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        List<RegistryValue> values = PolicyValues.of(bundle.group());
        if (!values.isEmpty()) {
            files.add(new PackageFile(
                    "policy.reg", RegistryForm.encode(values), "The policy of machines that scan, for reg import."));
            files.add(new PackageFile(
                    "Registry.pol",
                    encode(values),
                    "The same as a policy file, for LGPO.exe /m or a Group Policy object that holds nothing else."));
        }
        if (bundle.group().pinning()) {
            files.add(new PackageFile(
                    "emergency.reg",
                    RegistryForm.encode(List.of(PolicyValues.pinsCompared(false))),
                    "In an emergency: clients go on without comparing pins."));
            files.add(new PackageFile(
                    "emergency-over.reg",
                    RegistryForm.encode(List.of(PolicyValues.pinsCompared(true))),
                    "After an emergency: clients compare pins again."));
        }
        return files;
    }

    static byte[] encode(List<RegistryValue> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SIGNATURE);
        bytes.writeBytes(number(VERSION));
        values.forEach(value -> append(bytes, value));
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, RegistryValue value) {
        bytes.writeBytes(text("[" + value.key() + "\0;" + value.name() + "\0;"));
        bytes.writeBytes(number(value.type().number()));
        bytes.writeBytes(text(";"));
        bytes.writeBytes(number(value.bytes().length));
        bytes.writeBytes(text(";"));
        bytes.writeBytes(value.bytes());
        bytes.writeBytes(text("]"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
