package io.certwright.policy;

/**
 * The stable names of everything that can be wrong with a certificate, what each weighs in the public and in the private profile
 * (this is the one table that says so), and what a person does about it. {@code docs/checks.md} has an entry for each.
 */
public enum ViolationCode {
    MALFORMED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA for the certificate again; this one breaks the encoding rules of X.509."),

    NAME_NOT_COVERED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the certificate again with every wanted name in its SAN; at AD CS, let the template take the subject from the request."),
    SAN_ABSENT(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the certificate again with its names as DNS names in the SAN extension."),
    NAME_MALFORMED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the certificate again with LDH labels only, international names in their xn-- form, addresses as IP SANs."),
    CN_NOT_IN_SAN(
            Severity.ERROR,
            Severity.WARNING,
            "Ask for a CN that is one of the SANs, or for none at all; clients never read it."),
    WILDCARD_NOT_ALLOWED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the full names of the hosts, or write allow: [wildcard] in the certificate's settings."),
    WILDCARD_TOO_BROAD(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for a wildcard below a domain that is yours, or for the full names of the hosts."),
    IDN_MALFORMED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the name in the form that the registry gives, or without the label that begins with xn--."),
    LABEL_RESERVED(
            Severity.ERROR,
            Severity.WARNING,
            "Ask for a name without two hyphens as third and fourth character; no public CA issues such a one."),
    SCRIPTS_MIXED(
            Severity.WARNING,
            Severity.WARNING,
            "Compare the name with the one that was meant, letter by letter; if it is right, do nothing."),
    NAME_INTERNAL(
            Severity.ERROR,
            Severity.WARNING,
            "Take the certificate for internal names and addresses from a private CA."),
    SINGLE_LABEL_NOT_ALLOWED(
            Severity.ERROR,
            Severity.ERROR,
            "Leave the short name out, or write allow: [single-label] in the certificate's settings; no public CA issues it."),
    SINGLE_LABEL_ALONE(
            Severity.ERROR,
            Severity.ERROR,
            "Add the full name of the host, such as wsus.contoso.com, beside the short one."),
    NAME_IN_USE_LOST(
            Severity.ERROR,
            Severity.ERROR,
            "Add the name to the certificate's names, or first take it out of the bindings and of what clients are told."),

    SERVER_AUTH_MISSING(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for a certificate with the extended key usage Server Authentication (1.3.6.1.5.5.7.3.1); at AD CS, by a template that has it."),
    SERVER_AUTH_EXCLUDED(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate from a CA whose own extended key usage includes Server Authentication."),
    LEAF_IS_CA(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for a server certificate; a CA certificate has no business on a server."),
    KEY_USAGE_UNFIT(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for the key usage digitalSignature, with keyEncipherment beside it for RSA keys only, and nothing else."),
    KEY_USAGE_ODD(
            Severity.ERROR,
            Severity.WARNING,
            "Ask for the key usage digitalSignature alone for EC keys, with keyEncipherment beside it for RSA keys."),
    CLIENT_AUTH_LOST(
            Severity.WARNING,
            Severity.WARNING,
            "If this server also uses the certificate as a client (SQL Server, ConfigMgr site systems), give it a second one for that."),
    TEMPLATE_NOT_AS_WISHED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask by the right template, or change the template in the issuer's settings."),
    TEST_CA(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate from the real CA; on a test machine write allow: [test-ca] in the certificate's settings."),

    KEY_KIND_UNSUPPORTED(
            Severity.ERROR,
            Severity.ERROR,
            "Make a new key: RSA with at least 2048 bits, or EC on P-256, P-384 or P-521."),
    KEY_WEAK(
            Severity.ERROR,
            Severity.ERROR,
            "Make a new key: RSA with at least 2048 bits, or EC on P-256, P-384 or P-521."),
    KEY_NOT_AS_WISHED(
            Severity.ERROR,
            Severity.ERROR,
            "Make a new key as the settings wish it, or change the key in the settings."),
    KEY_NOT_OURS(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate that was issued for our request; nobody here holds the key of this one."),
    KEY_UNFIT_FOR_WSUS(
            Severity.WARNING,
            Severity.WARNING,
            "Wish an RSA key of 2048 or 3072 bits for WSUS and software update points."),
    SIGNATURE_WEAK(
            Severity.ERROR,
            Severity.ERROR,
            "Have the certificate signed with SHA-256 or better; the CA has to be moved off SHA-1 first."),
    SIGNATURE_ALGORITHMS_DIFFER(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA for the certificate again; somebody changed this one or made it wrong."),

    NOT_YET_VALID(
            Severity.ERROR,
            Severity.ERROR,
            "Wait until it is valid, or set the clock of this machine and of the CA right."),
    EXPIRED(Severity.ERROR, Severity.ERROR, "Renew the certificate."),
    CA_NOT_YET_VALID(
            Severity.ERROR,
            Severity.ERROR,
            "Wait until the CA certificate is valid, or set the clock of this machine right."),
    CA_EXPIRED(
            Severity.ERROR,
            Severity.ERROR,
            "Renew the CA certificate, then the certificate below it, and serve the new chain."),
    ANCHOR_NOT_YET_VALID(
            Severity.ERROR, Severity.ERROR, "Wait until the root is valid, or set the clock of this machine right."),
    ANCHOR_EXPIRED(
            Severity.ERROR,
            Severity.ERROR,
            "Give clients the new root of this CA and take the certificate from under it."),
    OUTLIVES_ISSUER(
            Severity.WARNING,
            Severity.WARNING,
            "Renew before its issuer's certificate ends; from then on no client accepts it."),
    OLDER_THAN_ISSUER(
            Severity.WARNING,
            Severity.WARNING,
            "Nothing, if the CA's certificate was renewed since; else look at the clock of the CA."),
    TOO_SHORT_TO_SERVE(
            Severity.ERROR,
            Severity.ERROR,
            "Ask for a longer lifetime, shorten the wait of the client group, or open the maintenance window more often."),
    LIFETIME_LONG(
            Severity.ERROR,
            Severity.WARNING,
            "Ask for a shorter lifetime and renew more often; some clients refuse long ones of private CAs too."),
    LIFETIME_SHORTER(
            Severity.WARNING,
            Severity.WARNING,
            "Nothing, if that is meant; else ask the CA for its usual lifetime, or look at when its own certificate ends."),

    CHAIN_INCOMPLETE(
            Severity.ERROR,
            Severity.ERROR,
            "Give the missing intermediate certificate along, or add the root to the trust anchors."),
    ROOT_UNTRUSTED(
            Severity.ERROR,
            Severity.ERROR,
            "If this root is right, add it to trust-anchors in the settings; else take the certificate from the right CA."),
    SIGNATURE_INVALID(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA for the certificate and its chain again; these do not belong together or were changed."),
    ISSUER_NOT_A_CA(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate from a CA; what signed this one is not allowed to sign certificates."),
    PATH_TOO_LONG(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate from a CA that its own issuers allow so many levels down."),
    NAME_CONSTRAINED(
            Severity.ERROR, Severity.ERROR, "Ask for names that the CA is allowed to issue, or take another CA."),
    POLICY_CONSTRAINED(
            Severity.ERROR,
            Severity.ERROR,
            "Take the certificate from a CA whose certificate policies its issuers allow."),
    CRITICAL_EXTENSION_UNKNOWN(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA to leave the extension out or not critical; clients must refuse what they do not know."),
    ALGORITHM_DISABLED(
            Severity.ERROR,
            Severity.ERROR,
            "Have the certificate made with algorithms of today: SHA-256 or better, RSA from 2048 bits, P-256 or larger."),
    PATH_REFUSED(
            Severity.ERROR,
            Severity.ERROR,
            "Look at the chain with certwright check, and ask the CA for a chain that RFC 5280 accepts."),
    VERSION_UNFIT(
            Severity.ERROR, Severity.ERROR, "Ask the CA for a certificate of version 3, which alone has extensions."),
    SERIAL_UNFIT(
            Severity.ERROR,
            Severity.WARNING,
            "Have the CA give positive serial numbers of at most 20 octets; some clients refuse others."),
    ISSUER_EMPTY(Severity.ERROR, Severity.ERROR, "Take the certificate from a CA that has a name."),
    SUBJECT_EMPTY(Severity.ERROR, Severity.ERROR, "Take the certificate from a CA that has a name."),
    DATE_ODD(
            Severity.ERROR,
            Severity.WARNING,
            "Have the CA write its dates as RFC 5280 wants them; some clients read others wrongly."),
    UNIQUE_ID_PRESENT(
            Severity.ERROR,
            Severity.WARNING,
            "Have the CA leave the unique identifiers out; names are what tells CAs apart."),
    EXTENSION_REPEATED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA for the certificate with each extension once; clients read either one."),
    CRITICALITY_WRONG(
            Severity.ERROR,
            Severity.ERROR,
            "Have the CA mark the extension as RFC 5280 wants it; clients that do not know it would pass over it."),
    POLICY_CRITICALITY_WRONG(
            Severity.ERROR,
            Severity.WARNING,
            "Have the CA's certificate issued again with the extension critical; clients that do not know it pass over it."),
    SAN_NOT_CRITICAL(Severity.ERROR, Severity.ERROR, "Ask for a subject, or for the SAN marked critical."),
    SAN_KIND_ODD(
            Severity.ERROR,
            Severity.WARNING,
            "Ask for DNS names and IP addresses alone in the SAN; servers need nothing else."),
    AUTHORITY_KEY_ID_ABSENT(
            Severity.ERROR,
            Severity.ERROR,
            "Have the CA put in the authority key identifier; clients choose among its certificates by it."),
    AUTHORITY_KEY_ID_UNFIT(
            Severity.ERROR,
            Severity.ERROR,
            "Give the right certificate of the issuer along, or have the CA put in the identifier of the key that it signs with."),
    SUBJECT_KEY_ID_ABSENT(
            Severity.ERROR, Severity.ERROR, "Have the CA's certificate issued again with a subject key identifier."),
    CA_KEY_USAGE_ABSENT(
            Severity.ERROR,
            Severity.ERROR,
            "Have the CA's certificate issued again with the key usage keyCertSign and cRLSign."),
    BASIC_CONSTRAINTS_NOT_CRITICAL(
            Severity.ERROR,
            Severity.WARNING,
            "Have the CA's certificate issued again with critical basic constraints."),
    PATH_LENGTH_MISPLACED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA for the certificate without a path length, which belongs in CA certificates."),
    NAME_CONSTRAINTS_MISPLACED(
            Severity.ERROR,
            Severity.ERROR,
            "Ask the CA to leave the name constraints out; they belong in CA certificates."),
    POLICY_MAPPING_WRONG(
            Severity.ERROR,
            Severity.ERROR,
            "Have the CA's certificate issued again without a mapping from or to anyPolicy."),
    POLICY_REPEATED(
            Severity.ERROR, Severity.ERROR, "Ask the CA for the certificate with each certificate policy once."),
    CHAIN_TOO_COMPLEX(Severity.ERROR, Severity.ERROR, "Give the leaf and its own intermediates along, and no others."),
    CHAIN_ORDER(
            Severity.WARNING, Severity.WARNING, "Put the chain in order: the leaf first, then each issuer in turn."),
    CHAIN_STRANGER(Severity.WARNING, Severity.WARNING, "Leave the certificates that do not belong to the chain out."),
    ANCHOR_NOT_SELF_SIGNED(
            Severity.WARNING,
            Severity.WARNING,
            "Trust the root above it; Windows ends a chain only at a self-signed certificate."),

    NAME_LOST(
            Severity.WARNING,
            Severity.WARNING,
            "Nothing, if nobody uses the name any more; else add it to the names of the certificate."),

    REVOKED(Severity.ERROR, Severity.ERROR, "Renew with a new key at once, and find out why it was revoked."),
    REVOCATION_UNKNOWN(
            Severity.WARNING,
            Severity.WARNING,
            "Make the CA's revocation list reachable from here and from the clients; some refuse without it."),
    ISSUER_NOT_FETCHED(
            Severity.WARNING,
            Severity.WARNING,
            "Publish the CA's certificate at the address that its certificates name (AIA), and let servers send the whole chain."),
    NAME_NOT_RESOLVED(Severity.WARNING, Severity.WARNING, "Add the name to DNS, or take it out of the certificate.");

    private final Severity inPublic;
    private final Severity inPrivate;
    private final String fix;

    ViolationCode(Severity inPublic, Severity inPrivate, String fix) {
        this.inPublic = inPublic;
        this.inPrivate = inPrivate;
        this.fix = fix;
    }

    public Severity severityIn(Profile profile) {
        return profile == Profile.PUBLIC ? inPublic : inPrivate;
    }

    /** What now: one or two sentences for the person who reads the violation. */
    public String fix() {
        return fix;
    }
}
