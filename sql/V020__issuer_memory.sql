-- What issuers must not forget: CA certificates with their sealed keys, issued certificates by intent, revocations, answers.
CREATE TABLE issuer_memory (
    issuer  text        NOT NULL CHECK (issuer <> ''),
    kind    text        NOT NULL CHECK (kind <> ''),
    key     text        NOT NULL CHECK (key <> ''),
    value   bytea       NOT NULL,
    at      timestamptz NOT NULL,
    version bigint      NOT NULL CHECK (version >= 1),
    PRIMARY KEY (issuer, kind, key)
);
