package io.certwright.enrollment.adcs.access;

import io.certwright.config.SecretText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.codelibs.jcifs.smb.impl.NtlmUtil;
import org.codelibs.jcifs.smb.ntlmssp.NtlmFlags;
import org.codelibs.jcifs.smb.ntlmssp.Type1Message;
import org.codelibs.jcifs.smb.ntlmssp.Type2Message;
import org.codelibs.jcifs.smb.ntlmssp.Type3Message;
import org.codelibs.jcifs.smb.ntlmssp.av.AvChannelBindings;
import org.codelibs.jcifs.smb.ntlmssp.av.AvFlags;
import org.codelibs.jcifs.smb.ntlmssp.av.AvPair;
import org.codelibs.jcifs.smb.ntlmssp.av.AvPairs;
import org.codelibs.jcifs.smb.ntlmssp.av.AvTargetName;
import org.codelibs.jcifs.smb.ntlmssp.av.AvTimestamp;

/**
 * The two messages with which somebody logs in by NTLMv2 (MS-NLMP 3.1.5), around the server's challenge. Bound to the TLS channel, and
 * protected against changes on the way (MIC): servers with Extended Protection take nothing less.
 */
final class NtlmTalk {
    private static final int FLAGS = NtlmFlags.NTLMSSP_NEGOTIATE_UNICODE
            | NtlmFlags.NTLMSSP_REQUEST_TARGET
            | NtlmFlags.NTLMSSP_NEGOTIATE_NTLM
            | NtlmFlags.NTLMSSP_NEGOTIATE_ALWAYS_SIGN
            | NtlmFlags.NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY
            | NtlmFlags.NTLMSSP_NEGOTIATE_TARGET_INFO
            | NtlmFlags.NTLMSSP_NEGOTIATE_VERSION
            | NtlmFlags.NTLMSSP_NEGOTIATE_128;

    private static final byte[] SIGNATURE = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};
    private static final int FIRST_LENGTH = 40;
    private static final int PROOF_LENGTH = 16;
    private static final int CHALLENGE_LENGTH = 8;
    private static final int LM_LENGTH = 24;
    private static final int HAS_MIC = 2;
    private static final long SECONDS_FROM_1601 = 11_644_473_600L;
    private static final long TICKS_A_SECOND = 10_000_000L;
    private static final int NANOS_A_TICK = 100;

    private final String domain;
    private final String user;
    private final SecretText password;

    /** {@code DOMAIN\NAME}, or {@code NAME@DOMAIN}, which goes as it is. */
    NtlmTalk(String account, SecretText password) {
        int end = account.indexOf('\\');
        this.domain = end < 0 ? "" : account.substring(0, end);
        this.user = account.substring(end + 1);
        this.password = password;
    }

    /** Asks for a challenge; says nothing of who we are. */
    static byte[] first() throws IOException {
        ByteBuffer message = ByteBuffer.allocate(FIRST_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        message.put(SIGNATURE).putInt(1).putInt(FLAGS);
        return new Type1Message(message.array()).toByteArray();
    }

    /**
     * @param channel the hash of the TLS channel's bindings, 16 bytes
     * @param host whom we mean to talk to
     */
    byte[] answerTo(byte[] first, byte[] challenge, byte[] channel, String host, Instant now, SecureRandom random)
            throws IOException {
        Type2Message asked = new Type2Message(challenge);
        List<AvPair> pairs = new ArrayList<>(AvPairs.decode(asked.getTargetInformation()));
        long time = timeIn(pairs, now);
        AvPairs.replace(pairs, new AvTimestamp(time));
        AvPairs.replace(pairs, new AvFlags(HAS_MIC));
        AvPairs.replace(pairs, new AvTargetName("HTTP/" + host));
        AvPairs.replace(pairs, new AvChannelBindings(channel));
        byte[] ours = new byte[CHALLENGE_LENGTH];
        random.nextBytes(ours);
        byte[] key = NtlmUtil.nTOWFv2(domain, user, passwordHash());
        byte[] response = NtlmUtil.getNTLMv2Response(key, asked.getChallenge(), ours, time, AvPairs.encode(pairs));
        Type3Message answer =
                new Type3Message(FLAGS & asked.getFlags(), new byte[LM_LENGTH], response, domain, user, "");
        answer.setMic(new byte[PROOF_LENGTH]);
        byte[] session = hmac(key, Arrays.copyOf(response, PROOF_LENGTH));
        answer.setMic(hmac(session, first, challenge, answer.toByteArray()));
        return answer.toByteArray();
    }

    /** The server's own time where it says one: its clock is the one that counts. */
    private static long timeIn(List<AvPair> pairs, Instant now) {
        AvPair said = AvPairs.get(pairs, AvPair.MsvAvTimestamp);
        return said instanceof AvTimestamp stamp
                ? stamp.getTimestamp()
                : (now.getEpochSecond() + SECONDS_FROM_1601) * TICKS_A_SECOND + now.getNano() / NANOS_A_TICK;
    }

    private byte[] passwordHash() {
        char[] characters = password.reveal();
        byte[] encoded =
                StandardCharsets.UTF_16LE.encode(CharBuffer.wrap(characters)).array();
        MD4Digest digest = new MD4Digest();
        digest.update(encoded, 0, 2 * characters.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        Arrays.fill(characters, '\0');
        Arrays.fill(encoded, (byte) 0);
        return hash;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        HMac mac = new HMac(new MD5Digest());
        mac.init(new KeyParameter(key));
        for (byte[] part : parts) {
            mac.update(part, 0, part.length);
        }
        byte[] code = new byte[mac.getMacSize()];
        mac.doFinal(code, 0);
        return code;
    }
}
