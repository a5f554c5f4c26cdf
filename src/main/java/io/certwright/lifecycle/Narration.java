package io.certwright.lifecycle;

import io.certwright.certificate.CertificateName;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Listens to the story while it is told: a person at a terminal, a log. Each step is told once, when it is done. */
public interface Narration {
    /** Nobody listens. */
    Narration SILENT = (name, step, sentence) -> {};

    /** Marks log events whose sentence somebody who listens is told anyway: stderr need not say it again. */
    Marker TOLD = MarkerFactory.getMarker("told");

    /**
     * Tells one step that is done.
     *
     * @param step a word for the step: {@code key}, {@code issue}, {@code check}, {@code store}, {@code trust}, {@code bind},
     *     {@code prove}, {@code restore}
     */
    void told(CertificateName name, String step, String sentence);
}
