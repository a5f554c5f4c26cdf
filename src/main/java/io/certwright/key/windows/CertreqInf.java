package io.certwright.key.windows;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The text of certreq's .inf file: a key of the software key storage provider in the machine's key set, not exportable. It holds DNS
 * names, addresses and numbers alone; what people write freely, such as the friendly name, is set by another call.
 */
final class CertreqInf {
    private CertreqInf() {}

    static String of(SubjectAlternativeNames names, KeySpec spec) {
        boolean rsa = spec.algorithm() == KeyAlgorithm.RSA;
        List<String> lines = new ArrayList<>(List.of(
                "[Version]",
                "Signature=\"$Windows NT$\"",
                "[NewRequest]",
                "Subject = \"CN=" + commonName(names) + "\"",
                "KeyAlgorithm = " + (rsa ? "RSA" : "ECDSA_P" + spec.bits()),
                "KeyLength = " + spec.bits(),
                "HashAlgorithm = SHA256",
                "KeySpec = 0",
                "ProviderName = \"Microsoft Software Key Storage Provider\"",
                "KeyUsage = " + (rsa ? "0xA0" : "0x80"),
                "MachineKeySet = TRUE",
                "Exportable = FALSE",
                "RequestType = PKCS10",
                "SMIME = FALSE",
                "Silent = TRUE",
                "[EnhancedKeyUsageExtension]",
                "OID = 1.3.6.1.5.5.7.3.1",
                "[Extensions]",
                "2.5.29.17 = \"{text}\""));
        Stream.concat(
                        names.dns().stream().map(name -> "dns=" + name),
                        names.ips().stream().map(address -> "ipaddress=" + address))
                .map(entry -> "_continue_ = \"" + entry + "&\"")
                .forEach(lines::add);
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String commonName(SubjectAlternativeNames names) {
        return names.dns().isEmpty()
                ? names.ips().get(0).toString()
                : names.dns().get(0).toString();
    }
}
