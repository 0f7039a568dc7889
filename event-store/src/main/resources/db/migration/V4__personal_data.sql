-- Keys of people, apart from what is sealed with them. Who destroys one has destroyed that.
CREATE SCHEMA IF NOT EXISTS personal_data;

CREATE TABLE personal_data.key (
    key_id  uuid  PRIMARY KEY,
    person  text  NOT NULL UNIQUE,
    -- Id of the master key that it is wrapped with.
    master  text  NOT NULL,
    wrapped bytea NOT NULL
);

CREATE INDEX key_of_master ON personal_data.key (master);

-- The master key of this database: its id, and itself where no configuration has it.
CREATE TABLE personal_data.master (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id       text    NOT NULL,
    key      bytea
);
