package io.certwright.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Check-ins of nodes whose clock runs ahead. Quartz takes a node for dead when its last check-in is old by the clock of the one that
 * looks: one that died with its clock a day ahead would keep its jobs blocked for a day. Pulled back to the database's time such a node
 * is known as dead within seconds, and one that lives checks in again before that.
 */
record FutureCheckIns(DataSource source) {
    private static final Logger LOG = LoggerFactory.getLogger(FutureCheckIns.class);

    /** Harmless when nothing is ahead; what cannot be done now is done at the next look. */
    void pullBack() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            int ahead = statement.executeUpdate("""
                    update qrtz_scheduler_state
                    set last_checkin_time = (extract(epoch from clock_timestamp()) * 1000)::bigint
                    where last_checkin_time > (extract(epoch from clock_timestamp() + interval '30 seconds') * 1000)::bigint""");
            if (ahead > 0) {
                LOG.info("pulled {} check-ins back that lay in the future: a node's clock runs ahead", ahead);
            }
        } catch (SQLException failed) {
            LOG.debug("check-ins could not be looked at: {}", failed.getMessage());
        }
    }
}
