-- When the certificates were last looked at: one row, written at the end of each look.
CREATE TABLE pulse (
    id        boolean     PRIMARY KEY CHECK (id),
    last_pass timestamptz NOT NULL
);
