package io.certwright.windows;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** Port: does calls on one Windows host. One list of calls is one visit; every visit has a limit. */
public interface WindowsHost {
    /** What messages call this host. */
    String name();

    /**
     * Does the calls in their order and stops at the first that fails.
     *
     * @return one answer for each call
     * @throws CallFailedException where a call failed on the host; those before it are done
     * @throws LifecycleException of kind UNREACHABLE where nobody answered in time, UNAUTHORIZED where the host does not let us in,
     *     MALFORMED_ANSWER where what came is no answer, REFUSED where the host cannot do calls. After UNREACHABLE and
     *     MALFORMED_ANSWER any of the calls may or may not be done: look again.
     */
    Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException;

    /** One call as a visit of its own. */
    default <A extends Record> A perform(WindowsCall<A> call) throws LifecycleException {
        return perform(List.of(call)).of(call);
    }
}
