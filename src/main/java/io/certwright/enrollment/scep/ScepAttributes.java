package io.certwright.enrollment.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;

/** The signed attributes of a SCEP message (RFC 8894, 3.2.1). */
final class ScepAttributes {
    private static final String ARC = "2.16.840.1.113733.1.9.";
    private static final ASN1ObjectIdentifier MESSAGE_TYPE = new ASN1ObjectIdentifier(ARC + 2);
    private static final ASN1ObjectIdentifier PKI_STATUS = new ASN1ObjectIdentifier(ARC + 3);
    private static final ASN1ObjectIdentifier FAIL_INFO = new ASN1ObjectIdentifier(ARC + 4);
    private static final ASN1ObjectIdentifier SENDER_NONCE = new ASN1ObjectIdentifier(ARC + 5);
    private static final ASN1ObjectIdentifier RECIPIENT_NONCE = new ASN1ObjectIdentifier(ARC + 6);
    private static final ASN1ObjectIdentifier TRANSACTION_ID = new ASN1ObjectIdentifier(ARC + 7);
    private static final ASN1ObjectIdentifier FAIL_INFO_TEXT = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.24.1");

    private final AttributeTable table;

    private ScepAttributes(AttributeTable table) {
        this.table = table;
    }

    static ScepAttributes in(AttributeTable table) {
        return new ScepAttributes(table);
    }

    static AttributeTable ofRequest(int messageType, Transaction transaction) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(attribute(MESSAGE_TYPE, new DERPrintableString(Integer.toString(messageType))));
        all.add(attribute(TRANSACTION_ID, new DERPrintableString(transaction.id())));
        all.add(attribute(SENDER_NONCE, new DEROctetString(transaction.nonce())));
        return new AttributeTable(all);
    }

    String messageType() {
        return printable(MESSAGE_TYPE);
    }

    String status() {
        return printable(PKI_STATUS);
    }

    String failInfo() {
        return printable(FAIL_INFO);
    }

    String transactionId() {
        return printable(TRANSACTION_ID);
    }

    Optional<byte[]> recipientNonce() {
        return value(RECIPIENT_NONCE)
                .map(found -> ASN1OctetString.getInstance(found).getOctets());
    }

    /** The CA's own words; empty where it gave none. */
    String failInfoText() {
        return value(FAIL_INFO_TEXT)
                .filter(found -> found instanceof ASN1UTF8String)
                .map(found -> ASN1UTF8String.getInstance(found).getString())
                .orElse("");
    }

    private String printable(ASN1ObjectIdentifier type) {
        return value(type)
                .map(found -> ASN1PrintableString.getInstance(found).getString())
                .orElse("");
    }

    private Optional<ASN1Encodable> value(ASN1ObjectIdentifier type) {
        return Optional.ofNullable(table.get(type))
                .filter(attribute -> attribute.getAttrValues().size() == 1)
                .map(attribute -> attribute.getAttrValues().getObjectAt(0));
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }
}
