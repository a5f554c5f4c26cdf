package io.certwright.lifecycle.resume;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Transactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ports that tell the moments before and after one of their calls, and do what they did. */
final class Watched {
    private Watched() {}

    /** Tells {@code before MOMENT} and {@code after MOMENT} around each call of {@code method}. */
    static <T> T port(Class<T> port, T target, String method, String moment, Moments moments) {
        Object watched =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, called, arguments) -> {
                    boolean tells = called.getName().equals(method);
                    if (tells) {
                        moments.pass("before " + moment);
                    }
                    try {
                        Object answer = called.invoke(target, arguments);
                        if (tells) {
                            moments.pass("after " + moment);
                        }
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getTargetException();
                    }
                });
        return port.cast(watched);
    }

    /** Tells the last moment of a transaction, and the first one after it. */
    record Commits(Transactions transactions, Moments moments) implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            T done = transactions.inOne(() -> {
                T result = work.run();
                moments.pass("before commit");
                return result;
            });
            moments.pass("after commit");
            return done;
        }
    }
}
