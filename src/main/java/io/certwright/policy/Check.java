package io.certwright.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One rule: what it finds wrong, nothing if all is well. */
@FunctionalInterface
interface Check {
    List<Violation> inspect(Inspection inspection);

    /** A rule that can be broken in one way at a time. */
    static Check one(Function<Inspection, Optional<Violation>> rule) {
        return inspection -> rule.apply(inspection).stream().toList();
    }

    /** A rule that several certificates or names can break. */
    static Check many(Function<Inspection, List<Violation>> rule) {
        return rule::apply;
    }
}
