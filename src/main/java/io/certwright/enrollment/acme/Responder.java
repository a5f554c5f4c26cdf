package io.certwright.enrollment.acme;

import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;

/** Shows answers to the CA where it looks for them. Both showing and withdrawing twice is harmless. */
interface Responder {
    /** The kind of challenge that it answers: {@code http-01}. */
    String type();

    void show(ChallengeAnswer answer) throws LifecycleException;

    /** Those of one order. */
    default void showAll(List<ChallengeAnswer> answers) throws LifecycleException {
        for (ChallengeAnswer answer : answers) {
            show(answer);
        }
    }

    /** Takes it away again; what cannot be taken away is said in the log and harms nobody. */
    void withdraw(ChallengeAnswer answer);

    /** Called while the CA looks. */
    default void keepShowing() {}

    /** What stands in the way here, for the sentence that says why the CA could not validate. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** In one clause, whether it could show an answer; throws where it could not. */
    String test() throws LifecycleException;
}
