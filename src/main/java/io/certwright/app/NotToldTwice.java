package io.certwright.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.certwright.lifecycle.Narration;
import java.util.List;
import org.slf4j.Marker;

/** Keeps from stderr what the command says there or on stdout in its own words. A log file has it all the same. */
final class NotToldTwice extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        return markers != null && markers.contains(Narration.TOLD) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
