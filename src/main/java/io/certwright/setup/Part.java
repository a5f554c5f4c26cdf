package io.certwright.setup;

/**
 * A named mapping of the settings: a host, a CA, the clients.
 *
 * @param name as the settings are to call it
 */
public record Part(String name, Answers answers) {}
