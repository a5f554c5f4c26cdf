package io.certwright.policy;

/** What is refused unless the settings of a certificate allow it. */
public enum Allowance {
    /** {@code *.contoso.com}: one stolen key then speaks for every host under the domain. */
    WILDCARD,
    /** {@code wsus} beside a full name: good in an intranet only, and with a private CA only. */
    SINGLE_LABEL,
    /** A CA that calls itself a test or staging CA in place of one that did not: good on a test machine only. */
    TEST_CA
}
