package io.certwright.enrollment.acme;

/**
 * What the CA must find to believe that a name is ours.
 *
 * @param name the name or address that is proven, a wildcard without its asterisk
 * @param token the CA's, part of the path for http-01
 * @param authorization what must stand at that path: token and thumbprint of the account key
 * @param digest what must stand in the TXT record for dns-01
 */
record ChallengeAnswer(String name, String token, String authorization, String digest) {
    String recordName() {
        return "_acme-challenge." + name;
    }

    String path() {
        return "/.well-known/acme-challenge/" + token;
    }
}
