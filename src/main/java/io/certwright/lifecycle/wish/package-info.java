/** The wish: what the settings promise about certificates, hosts and client groups. Pure values and the port that reads them. */
package io.certwright.lifecycle.wish;
