package io.certwright.enrollment.adcs.ces;

/** The names of SOAP 1.2, WS-Trust, MS-WSTEP and MS-XCEP. */
final class Soap {
    static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
    static final String TRUST = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
    static final String SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    static final String ENROLLMENT = "http://schemas.microsoft.com/windows/pki/2009/01/enrollment";
    static final String POLICY = "http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy";
    static final String AUTHORIZATION = "http://schemas.xmlsoap.org/ws/2006/12/authorization";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    static final String ANONYMOUS = ADDRESSING + "/anonymous";
    static final String PASSWORD_TEXT =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
    static final String X509_TOKEN =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    static final String PKCS10 = ENROLLMENT + "#PKCS10";
    static final String PKCS7 = SECURITY + "#PKCS7";
    static final String BASE64 = SECURITY + "#base64binary";

    static final String REQUEST_TOKEN = ENROLLMENT + "/RST/wstep";
    static final String GET_POLICIES = POLICY + "/IPolicy/GetPolicies";
    static final String ISSUE = TRUST + "/Issue";
    static final String QUERY = ENROLLMENT + "/QueryTokenStatus";

    static final String MEDIA_TYPE = "application/soap+xml";

    private Soap() {}
}
