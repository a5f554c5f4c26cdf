package io.certwright.iis;

import io.certwright.certificate.IpAddress;

/** The short form of an IPv6 address as Windows shows it (RFC 5952): the longest run of zero groups left out. */
final class ShortIpv6 {
    private static final int GROUPS = 8;

    private ShortIpv6() {}

    static String of(String address) {
        byte[] octets = IpAddress.parse(address).octets();
        if (octets.length != 2 * GROUPS) {
            return address;
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((octets[2 * i] & 0xff) << 8) | (octets[2 * i + 1] & 0xff);
        }
        return shortened(groups);
    }

    private static String shortened(int[] groups) {
        int start = longestZeros(groups);
        int end = start < 0 ? -1 : start + zerosAt(groups, start);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i = end - 1;
            } else {
                text.append(text.length() == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Where the longest run of at least two zero groups begins; -1 if there is none. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            if (zerosAt(groups, i) > length) {
                best = i;
                length = zerosAt(groups, i);
            }
        }
        return best;
    }

    private static int zerosAt(int[] groups, int from) {
        int to = from;
        while (to < GROUPS && groups[to] == 0) {
            to++;
        }
        return to - from;
    }
}
