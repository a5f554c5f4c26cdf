-- Who was told what, and what still has to go out. A row is never removed: it is why nobody is told twice.
CREATE TABLE alert_outbox (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject         text        NOT NULL CHECK (subject <> ''),
    thumbprint      text        NOT NULL CHECK (thumbprint = '' OR thumbprint ~ '^[0-9A-F]{40}$'),
    kind            text        NOT NULL CHECK (kind ~ '^[A-Z_]+$'),
    stage           text        NOT NULL CHECK (stage <> ''),
    recipient       text        NOT NULL CHECK (recipient ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    severity        text        NOT NULL CHECK (severity IN ('NOTE', 'WARNING', 'URGENT', 'CRITICAL')),
    sentence        text        NOT NULL CHECK (sentence <> '' AND sentence !~ '[\r\n]'),
    what_happened   text        NOT NULL,
    what_next       text        NOT NULL,
    commands        text[]      NOT NULL,
    noticed_at      timestamptz NOT NULL,
    digest          uuid,                  -- the mail that carries it, as long as that mail may have arrived
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_try        timestamptz,           -- empty: given up
    claimed_until   timestamptz,           -- until then one node has it in hand
    last_failure    text,
    delivered_at    timestamptz,
    superseded_at   timestamptz,           -- a more urgent stage was told in its place
    acknowledged_at timestamptz,
    over_at         timestamptz,
    CONSTRAINT alert_told_once UNIQUE (subject, thumbprint, kind, stage, recipient),
    CONSTRAINT alert_given_up_with_a_reason
        CHECK (next_try IS NOT NULL OR last_failure IS NOT NULL),
    CONSTRAINT alert_delivered_has_no_failure
        CHECK (delivered_at IS NULL OR last_failure IS NULL)
);

CREATE INDEX alert_outbox_due ON alert_outbox (recipient, next_try)
    WHERE delivered_at IS NULL AND superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL;

CREATE INDEX alert_outbox_open ON alert_outbox (noticed_at)
    WHERE superseded_at IS NULL AND acknowledged_at IS NULL AND over_at IS NULL;
