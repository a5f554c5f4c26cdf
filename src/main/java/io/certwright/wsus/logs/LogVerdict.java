package io.certwright.wsus.logs;

/**
 * What one log says.
 *
 * @param file which log
 * @param fix what to do now; empty where all is well
 */
public record LogVerdict(String file, State state, String sentence, String fix) {
    /** From the best to the worst. */
    public enum State {
        GOOD,
        /** Nothing went wrong, but it is not done, or nothing is told yet. */
        WAITING,
        /** It failed since, and nothing has healed it. */
        FAILED
    }
}
