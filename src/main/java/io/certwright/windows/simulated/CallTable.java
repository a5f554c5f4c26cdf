package io.certwright.windows.simulated;

import io.certwright.windows.WindowsCall;
import java.util.HashMap;
import java.util.Map;

/** Who answers which call. */
final class CallTable {
    /** One function of the host. */
    interface Doing<C, A extends Record> {
        A with(C call) throws WindowsError;
    }

    private final Map<Class<?>, Doing<Object, ? extends Record>> doings = new HashMap<>();

    <A extends Record, C extends WindowsCall<A>> void on(Class<C> call, Doing<C, A> doing) {
        doings.put(call, any -> doing.with(call.cast(any)));
    }

    boolean knows(Class<?> call) {
        return doings.containsKey(call);
    }

    Record perform(WindowsCall<?> call) throws WindowsError {
        Doing<Object, ? extends Record> doing = doings.get(call.getClass());
        if (doing == null) {
            throw WindowsError.noCommand(call.function());
        }
        return doing.with(call);
    }
}
