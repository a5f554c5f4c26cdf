/**
 * Carries digests by SMTP: one mail with an HTML and a text part, over STARTTLS or implicit TLS, every wait limited, and each way a
 * mail server can refuse told in one sentence.
 */
package io.certwright.alert.mail;
