-- Which nodes run a reader, so that none keeps more of its segments than its share.
CREATE TABLE reader_node (
    processor_name text        NOT NULL,
    node           text        NOT NULL,
    signed_at      timestamptz NOT NULL,
    PRIMARY KEY (processor_name, node)
);
