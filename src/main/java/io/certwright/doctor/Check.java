package io.certwright.doctor;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** One thing to look at. */
interface Check {
    /** One word for scripts. */
    String name();

    /** What is looked at, for people. */
    String subject();

    /** The names of the checks without which this one has nothing to look at. */
    List<String> needs();

    /** What mends it where looking itself fails. */
    String remedy();

    /** What is not as it should be; nothing when all is well. A failure is a finding, too. */
    List<Finding> look(Vitals vitals) throws LifecycleException;
}
