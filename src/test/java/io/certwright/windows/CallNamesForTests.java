package io.certwright.windows;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every call there is, for tests of those who answer them. */
public final class CallNamesForTests {
    private CallNamesForTests() {}

    public static Collection<Class<?>> all() {
        return CallNames.all().values();
    }

    /** The functions of those calls. */
    public static Set<String> functionsThat(Predicate<Class<?>> fit) {
        return all().stream().filter(fit).map(CallNames::functionOf).collect(Collectors.toSet());
    }
}
