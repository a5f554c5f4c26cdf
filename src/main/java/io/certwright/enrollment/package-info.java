/**
 * The port "ask a CA": what is asked ({@code EnrollmentRequest}), what comes back ({@code Issued}, {@code Pending},
 * {@code Denied}), and what an issuer must remember ({@code IssuerMemory}). Knows nothing about any CA; each protocol is a
 * sibling package.
 */
package io.certwright.enrollment;
