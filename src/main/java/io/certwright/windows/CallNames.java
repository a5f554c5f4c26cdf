package io.certwright.windows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All calls there are, and what they and their parameters are called in the script. */
final class CallNames {
    private static final Map<String, Class<?>> BY_FUNCTION =
            leaves(WindowsCall.class).stream().collect(Collectors.toMap(CallNames::functionOf, Function.identity()));

    private CallNames() {}

    /** Every call, by the name of its function. */
    static Map<String, Class<?>> all() {
        return BY_FUNCTION;
    }

    /** {@code GetSites} is {@code Get-Sites}: the verb is the first hump. */
    static String functionOf(Class<?> call) {
        String name = call.getSimpleName();
        int noun = 1;
        while (!Character.isUpperCase(name.charAt(noun))) {
            noun++;
        }
        return name.substring(0, noun) + "-" + name.substring(noun);
    }

    /** {@code friendlyName} is {@code FriendlyName}. */
    static String parameterOf(String component) {
        return component.substring(0, 1).toUpperCase(Locale.ROOT) + component.substring(1);
    }

    private static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        List<Class<?>> found = new ArrayList<>();
        Arrays.stream(type.getPermittedSubclasses()).map(CallNames::leaves).forEach(found::addAll);
        return found;
    }
}
