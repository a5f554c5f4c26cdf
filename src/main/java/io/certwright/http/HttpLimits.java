package io.certwright.http;

import java.time.Duration;

/**
 * What one exchange may take.
 *
 * @param time for the whole of it, from connecting to the last byte
 * @param bytes of the answer's body
 * @param plainHttp whether addresses that begin with {@code http:} are asked at all; without it only {@code https:}
 */
public record HttpLimits(Duration time, int bytes, boolean plainHttp) {
    public HttpLimits {
        if (time.isNegative() || time.isZero() || bytes <= 0) {
            throw new IllegalArgumentException(
                    "HTTP limits: got " + time + " and " + bytes + " bytes, wanted more than nothing of both");
        }
    }
}
