package io.certwright.windows;

import io.certwright.certificate.Printable;
import java.time.Duration;

/**
 * One read or one change on a Windows host. The record {@code GetSites} is the function {@code Get-Sites} of {@code certwright.ps1}, its
 * components are the function's parameters; an {@code Optional} one may be left out.
 *
 * @param <A> what the function answers
 */
public sealed interface WindowsCall<A extends Record>
        permits HostCall,
                StoreCall,
                RequestCall,
                SiteCall,
                HttpSysCall,
                AccessCall,
                ChallengeCall,
                PoolCall,
                WsusCall,
                ProbeCall,
                ConfigMgrCall,
                AuthorityCall,
                SystemCall {
    /** After this time on the host the call counts as hanging. */
    default Duration limit() {
        return Duration.ofSeconds(60);
    }

    /** Whether the call needs another machine, which a logon by SSH key carries no credentials for. */
    default boolean needsNetworkLogon() {
        return false;
    }

    /** Whether the host is as it was afterwards. */
    default boolean isReadOnly() {
        return getClass().getSimpleName().startsWith("Get");
    }

    /** The function of the script: {@code Get-Sites}. */
    default String function() {
        return CallNames.functionOf(getClass());
    }

    /** What a parameter may hold: something, at most 5,000 characters. */
    static void requireText(String what, String text) {
        if (text.isEmpty() || text.length() > 5_000) {
            throw new IllegalArgumentException(
                    what + ": got " + Printable.quote(text) + ", wanted 1 to 5,000 characters");
        }
    }
}
