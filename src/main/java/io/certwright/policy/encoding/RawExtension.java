package io.certwright.policy.encoding;

/** An extension as it stands, its value unread (RFC 5280, 4.1). */
public record RawExtension(String oid, boolean critical, byte[] value) {
    static RawExtension of(Der extension) throws BrokenEncoding {
        var parts = extension.sequence();
        if (parts.size() < 2 || parts.size() > 3) {
            throw new BrokenEncoding("an extension of " + parts.size() + " parts");
        }
        boolean stated = parts.size() == 3;
        return new RawExtension(
                parts.get(0).objectIdentifier(),
                stated && parts.get(1).bool(),
                parts.get(parts.size() - 1).octets());
    }

    Der parsed() throws BrokenEncoding {
        return Der.parse(value);
    }
}
