-- What is watched but not managed: what each endpoint or file was last seen to show.
CREATE TABLE watch_sighting (
    subject text        PRIMARY KEY CHECK (subject <> ''),
    chain   bytea       NOT NULL CHECK (octet_length(chain) > 0),
    seen_at timestamptz NOT NULL
);
