-- Events of orders that became dead letters, so that nobody waits for their notifications.
CREATE TABLE notification_given_up (
    order_id       text        NOT NULL,
    event_position bigint      NOT NULL,
    given_up_at    timestamptz NOT NULL,
    PRIMARY KEY (order_id, event_position)
);
