package io.certwright.windows;

import java.util.Collection;

/** Every call there is, for tests of those who answer them. */
public final class CallNamesForTests {
    private CallNamesForTests() {}

    public static Collection<Class<?>> all() {
        return CallNames.all().values();
    }
}
