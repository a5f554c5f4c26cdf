package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.windows.HostCall.ProgramOutput;
import java.util.regex.Pattern;

/** The certificate table of http.sys, through {@code netsh http}. */
public sealed interface HttpSysCall<A extends Record> extends WindowsCall<A> {
    /** The table as text, localized, or as JSON where this Windows can. */
    record GetHttpSysTable(boolean json) implements HttpSysCall<ProgramOutput> {}

    /**
     * Adds an entry.
     *
     * @param appId in braces; IIS is {@code {4dc3e181-e14b-4a21-b022-59fc669b0914}}
     */
    record AddHttpSysEntry(NetshKey key, Thumbprint thumbprint, String appId, StoreName store)
            implements HttpSysCall<ProgramOutput> {
        private static final Pattern GUID = Pattern.compile("\\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}");

        public AddHttpSysEntry {
            if (!GUID.matcher(appId).matches()) {
                throw new IllegalArgumentException("http.sys application id: got " + Printable.quote(appId)
                        + ", wanted a GUID in braces such as {4dc3e181-e14b-4a21-b022-59fc669b0914}");
            }
        }
    }

    /** Removes an entry: one that no binding of IIS stands for, or one that was added before. */
    record RemoveHttpSysEntry(NetshKey key) implements HttpSysCall<ProgramOutput> {}
}
