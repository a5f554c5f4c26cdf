package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import io.certwright.testing.TestCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.Test;

/** The rules whose breach no library reads into a certificate object. All others are shown by the corpus. */
final class FormRuleTest {
    private static Reading reading(TestCertificate draft, boolean leaf) throws BrokenEncoding {
        return new Reading(leaf().certificate(), CertificateFields.of(draft.der()), leaf, Optional.empty());
    }

    @Test
    void refuses_a_certificate_without_issuer() throws BrokenEncoding {
        TestCertificate draft = leaf().signedFields(fields -> fields.set(3, new DERSequence()));

        assertThat(FormRule.ISSUER_HAS_A_NAME.broken(reading(draft, true)))
                .contains("got an empty issuer, wanted the name of its CA");
        assertThat(FormRule.ISSUER_HAS_A_NAME.broken(reading(leaf(), true))).isEmpty();
    }

    @Test
    void refuses_a_ca_without_subject() throws BrokenEncoding {
        TestCertificate draft =
                ISSUING.intermediateDraft("CN=x").signedFields(fields -> fields.set(5, new DERSequence()));

        assertThat(FormRule.CA_HAS_A_NAME.broken(reading(draft, false)))
                .contains("got a CA without a subject, wanted its name");
        assertThat(FormRule.CA_HAS_A_NAME.broken(reading(draft, true))).isEmpty();
    }

    @Test
    void refuses_an_extension_that_stands_twice() throws BrokenEncoding {
        TestCertificate draft = leaf().signedFields(fields -> fields.set(7, withTheFirstTwice(fields.get(7))));

        assertThat(FormRule.NO_EXTENSION_IS_REPEATED.broken(reading(draft, true)))
                .contains("got the extensions 2.5.29.35 more than once, wanted each once");
    }

    private static ASN1Encodable withTheFirstTwice(ASN1Encodable extensions) {
        List<ASN1Encodable> all = new ArrayList<>();
        ASN1Sequence.getInstance(((ASN1TaggedObject) extensions).getExplicitBaseObject())
                .forEach(all::add);
        all.add(all.get(0));
        return new DERTaggedObject(true, 3, new DERSequence(all.toArray(ASN1Encodable[]::new)));
    }
}
