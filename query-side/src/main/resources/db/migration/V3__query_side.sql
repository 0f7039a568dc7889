-- Read models. Everything here can be rebuilt from the event log, except what was sent to whom.

CREATE TABLE order_view (
    order_id        text        PRIMARY KEY,
    customer_id     text        NOT NULL,
    status          text        NOT NULL,
    currency        text        NOT NULL,
    total           bigint      NOT NULL,
    lines           jsonb       NOT NULL,
    payment_status  text        NOT NULL,
    authorised      bigint      NOT NULL,
    captured        bigint      NOT NULL,
    refunded        bigint      NOT NULL,
    placed_at       timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         bigint      NOT NULL,
    payment_version bigint      NOT NULL,
    placed_position bigint      NOT NULL,
    position        bigint      NOT NULL,
    rejection       jsonb
);

-- One index per combination of filters, each in the order in which pages are read.
CREATE UNIQUE INDEX order_view_newest ON order_view (placed_position DESC);
CREATE INDEX order_view_of_customer ON order_view (customer_id, placed_position DESC);
CREATE INDEX order_view_in_status ON order_view (status, placed_position DESC);

CREATE TABLE stock_view (
    sku                 text   PRIMARY KEY,
    name                text,
    list_price_amount   bigint,
    list_price_currency text,
    on_hand             bigint NOT NULL,
    reserved            bigint NOT NULL,
    allocated           bigint NOT NULL,
    version             bigint NOT NULL,
    position            bigint NOT NULL
);

CREATE TABLE order_history (
    order_id    text        NOT NULL,
    version     bigint      NOT NULL,
    position    bigint      NOT NULL,
    type        text        NOT NULL,
    revision    text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    data        jsonb       NOT NULL,
    metadata    jsonb       NOT NULL,
    PRIMARY KEY (order_id, version)
);

-- Where a customer wants to be told about an order: personal data, here and in the ledger's recipient.
CREATE TABLE notification_contact (
    order_id text PRIMARY KEY,
    email    text,
    phone    text
);

-- Events whose effect is done or planned; what comes again finds itself here.
CREATE TABLE notification_inbox (
    event_id    text        PRIMARY KEY,
    received_at timestamptz NOT NULL
);

CREATE TABLE notification_ledger (
    notification_id text   PRIMARY KEY,
    event_id        text   NOT NULL,
    order_id        text   NOT NULL,
    channel         text   NOT NULL,
    recipient       text   NOT NULL,
    template        text   NOT NULL,
    status          text   NOT NULL,
    sent_at         timestamptz,
    event_position  bigint NOT NULL
);

CREATE INDEX notification_ledger_of_order ON notification_ledger (order_id, event_position, channel);
CREATE INDEX notification_ledger_of_event ON notification_ledger (event_id, channel);
