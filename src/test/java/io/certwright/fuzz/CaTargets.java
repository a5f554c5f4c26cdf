package io.certwright.fuzz;

import io.certwright.enrollment.acme.FuzzedAcme;
import io.certwright.enrollment.adcs.access.FuzzedAccess;
import io.certwright.enrollment.adcs.ces.FuzzedServices;
import io.certwright.enrollment.adcs.web.FuzzedPages;
import io.certwright.enrollment.certreq.FuzzedCertreq;
import io.certwright.enrollment.cmp.FuzzedCmp;
import io.certwright.enrollment.est.FuzzedEst;
import io.certwright.enrollment.scep.FuzzedChallengePage;
import io.certwright.enrollment.scep.FuzzedScep;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What CAs answer. */
final class CaTargets {
    private static final FuzzedScep SCEP = new FuzzedScep(Seeds.NOW);

    private static final FuzzedCmp CMP = new FuzzedCmp(Seeds.NOW);
    private static final FuzzedAcme ACME = new FuzzedAcme(Seeds.NOW);

    private CaTargets() {}

    static void acme(byte[] input) {
        ACME.read(input).forEach(Sentences::require);
    }

    /** Answers as a CA gives them, and some that a CA would not. */
    static List<byte[]> acmeAnswers() {
        List<byte[]> answers = new ArrayList<>();
        for (String text : List.of("""
                {"status": "pending", "expires": "2027-01-01T00:00:00Z", "identifiers": [{"type": "dns", "value": "a.test"}],
                 "authorizations": ["https://ca.test/authz/1"], "finalize": "https://ca.test/finalize/1",
                 "certificate": "https://ca.test/certificate/1", "error": {"type": "urn:ietf:params:acme:error:caa", "detail": "no"}}
                """, """
                {"status": "invalid", "identifier": {"type": "dns", "value": "a.test"}, "wildcard": true, "challenges": [
                  {"type": "http-01", "url": "https://ca.test/challenge/1", "token": "dG9rZW4", "status": "invalid",
                   "error": {"type": "urn:ietf:params:acme:error:dns", "detail": "not\\u000d\\u000athere", "status": 400}},
                  {"type": "dns-01", "url": "https://ca.test/challenge/2", "token": "../../etc", "status": "pending"}]}
                """, """
                {"suggestedWindow": {"start": "2027-01-02T04:00:00Z", "end": "2027-01-03T04:00:00Z"},
                 "explanationURL": "https://ca.test/why"}
                """, """
                {"newNonce": "https://ca.test/n", "newAccount": "https://ca.test/a", "newOrder": "https://ca.test/o", "meta": {
                 "termsOfService": "https://ca.test/terms", "externalAccountRequired": true, "profiles": {"short": "six days"}}}
                """, """
                {"type": "urn:ietf:params:acme:error:compound", "detail": "two", "subproblems": [
                 {"type": "urn:ietf:params:acme:error:rateLimited", "detail": "one", "identifier": {"type": "dns", "value": "a"}}]}
                """, "[".repeat(20_000), "{\"a\":".repeat(5_000))) {
            answers.add(Seeds.utf8(text));
        }
        answers.addAll(Seeds.pems());
        return answers;
    }

    static void est(byte[] input) {
        FuzzedEst.read(input, Seeds.NOW).forEach(Sentences::require);
    }

    static void scep(byte[] input) {
        SCEP.read(input).forEach(Sentences::require);
    }

    static void certsrv(byte[] input) {
        FuzzedPages.read(input).forEach(Sentences::require);
    }

    static void ces(byte[] input) {
        FuzzedServices.read(input).forEach(Sentences::require);
    }

    static List<byte[]> certsrvPages() {
        return List.of(
                Seeds.utf8("<A Href=\"/certsrv\">Home</A><A Href=\"certnew.cer?ReqID=12&Enc=b64\">x</A>"),
                Seeds.utf8(
                        "<p>Certificate Pending</p> Your Request Id is 12. <!-- x --><script>var nRenewals=1;</script>"),
                Seeds.utf8("<p>The disposition message is \"Denied by Policy Module  0x80094800, WebServer.\""),
                Seeds.utf8(
                        "<PRE>Disposition message:\t\tTaken Under Submission\r\nResult:\t\t\t0x80094004 (-2146877436)</PRE>"));
    }

    static List<byte[]> cesAnswers() {
        return FuzzedServices.answers(
                Seeds.certificates().get(0), Seeds.pkcs7s().get(0));
    }

    static List<byte[]> estAnswers() {
        List<byte[]> answers = new ArrayList<>();
        for (byte[] pkcs7 : Seeds.pkcs7s()) {
            answers.add(Base64.getMimeEncoder().encode(pkcs7));
        }
        answers.add(Seeds.utf8("3600"));
        answers.add(Seeds.utf8("Fri, 01 Jan 2027 00:00:00 GMT"));
        return answers;
    }

    static void csrattrs(byte[] input) {
        FuzzedEst.wishes(input).forEach(Sentences::require);
    }

    /** Bare and in base64: the example of RFC 7030, 4.5.2, keys by size and by curve, extensions written out. */
    static List<byte[]> csrattrsAnswers() {
        List<byte[]> answers = new ArrayList<>();
        for (String hex : List.of(
                "304106092a864886f70d010907301206072a8648ce3d0201310706052b81040022301606092a864886f70d01090e"
                        + "310906072b06010101011606082a8648ce3d040303",
                "3013301106092a864886f70d010101310402020c00",
                "3026302406092a864886f70d01090e3117301530130603551d110101ff040930078205612e636f6d",
                "3000")) {
            byte[] der = HexFormat.of().parseHex(hex);
            answers.add(der);
            answers.add(Base64.getMimeEncoder().encode(der));
        }
        return answers;
    }

    static void ndes(byte[] input) {
        FuzzedChallengePage.read(input).forEach(Sentences::require);
    }

    static List<byte[]> ndesPages() {
        return FuzzedChallengePage.pages();
    }

    static void ntlm(byte[] input) {
        Sentences.require(FuzzedAccess.challenge(input, Seeds.NOW));
    }

    static List<byte[]> ntlmChallenges() {
        return FuzzedAccess.challenges();
    }

    /** The first line is a header, the rest is a body. */
    static void headers(byte[] input) {
        FuzzedAccess.headers(input, Seeds.NOW).forEach(Sentences::require);
    }

    static List<byte[]> headerLines() {
        return List.of(
                Seeds.utf8("text/html; charset=utf-8\n<p>Certificate Pending</p>"),
                Seeds.utf8("application/soap+xml; charset=\"UTF-16LE\"\na"),
                Seeds.utf8("Sun, 22 Nov 2026 13:30:00 GMT\n"),
                Seeds.utf8("3600\n"));
    }

    static void certreq(byte[] input) {
        FuzzedCertreq.read(input).forEach(Sentences::require);
    }

    /** The first byte chooses how it ended. */
    static List<byte[]> certreqLines() {
        return List.of(
                Seeds.utf8("0RequestId: 12\nRequestId: \"12\"\nCertificate retrieved(Issued) Issued\n"),
                Seeds.utf8("0Anforderungs-ID: 4711\nAnforderungs-ID: \"4711\"\nIn Bearbeitung\n"),
                Seeds.utf8("1Certificate not issued (Denied) Denied by Policy Module  0x80094800\n"),
                Seeds.utf8("2The RPC server is unavailable. 0x800706ba (WIN32: 1722)\n"),
                Seeds.utf8("3WebServer: Web Server -- Auto-Enroll: Access is denied.\nCertUtil: done\n"));
    }

    static List<byte[]> scepAnswers() {
        List<byte[]> answers = new ArrayList<>(SCEP.messages());
        answers.addAll(Seeds.pkcs7s());
        answers.add(Seeds.utf8("AES\nPOSTPKIOperation\nSHA-256\nRenewal\n"));
        return answers;
    }

    static void cmp(byte[] input) {
        Sentences.require(CMP.read(input));
    }

    static List<byte[]> cmpAnswers() {
        return CMP.answers();
    }
}
