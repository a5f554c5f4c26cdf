package io.certwright.crypto;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.SubjectAlternativeNames;
import java.io.IOException;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Our names in the library's types, for whoever writes requests or certificates. */
public final class Names {
    /** ub-common-name (RFC 5280, appendix A.1). */
    private static final int LONGEST_COMMON_NAME = 64;

    private Names() {}

    public static GeneralNames toGeneralNames(SubjectAlternativeNames names) {
        return new GeneralNames(Stream.concat(
                        names.dns().stream().map(name -> new GeneralName(GeneralName.dNSName, name.value())),
                        names.ips().stream()
                                .map(ip -> new GeneralName(GeneralName.iPAddress, new DEROctetString(ip.octets()))))
                .toArray(GeneralName[]::new));
    }

    /** {@link #subjectOf} in the JDK's type. */
    public static X500Principal principalOf(SubjectAlternativeNames names) {
        try {
            return new X500Principal(subjectOf(names).getEncoded());
        } catch (IOException impossible) {
            throw new IllegalStateException("a checked name cannot be encoded", impossible);
        }
    }

    /** CN = first DNS name where it fits, else an empty subject. */
    public static X500Name subjectOf(SubjectAlternativeNames names) {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        names.dns().stream()
                .limit(1)
                .map(DnsName::value)
                .filter(name -> name.length() <= LONGEST_COMMON_NAME)
                .forEach(name -> subject.addRDN(BCStyle.CN, name));
        return subject.build();
    }
}
