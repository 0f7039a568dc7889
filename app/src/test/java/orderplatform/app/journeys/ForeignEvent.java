package orderplatform.app.journeys;

import orderplatform.app.Platform;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An event of an order's stream as a node of another version would append it. */
record ForeignEvent(String stream, long version, String type, String revision, String data) {

    private static final String TO_THE_ENGINE = """
            SELECT first_position FROM event_log.append(
                ARRAY[:stream], ARRAY[:version - 1]::bigint[], '{}', '{}', '{}', '{}', '{}', '{}', '{}', ARRAY[:stream], ARRAY[:version]::bigint[],
                ARRAY[gen_random_uuid()], ARRAY[:type], ARRAY[:revision], ARRAY['Order'], ARRAY[now()], ARRAY[:data],
                ARRAY['{}'], sha256(''), 'a node of another version')""";

    private static final String TO_THE_BASELINE_STORES = """
            INSERT INTO domain_event_entry (global_index, aggregate_identifier, sequence_number, event_identifier,
                                            payload_type, payload_revision, type, time_stamp, payload, meta_data)
            VALUES (nextval('domain_event_entry_seq'), :stream, :version, gen_random_uuid(), :type, :revision, 'Order',
                    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), convert_to(:data, 'UTF8'), '{}')
            RETURNING global_index""";

    /** @return its position */
    long appendTo(Platform platform) {
        return platform.bean(JdbcClient.class)
                .sql(Platform.isOnBaselineStores() ? TO_THE_BASELINE_STORES : TO_THE_ENGINE)
                .paramSource(this)
                .query(Long.class)
                .single();
    }
}
