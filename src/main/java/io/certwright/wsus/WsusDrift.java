package io.certwright.wsus;

/**
 * One place where a WSUS server differs from what it should be.
 *
 * @param code for scripts
 * @param sentence what is there, what is wanted, and what comes of it
 * @param fix what an administrator, or Certwright, does about it
 */
public record WsusDrift(String code, String sentence, String fix) {}
