-- Keys, certificates, renewals and the list of when each managed certificate is looked at next.
-- A row says what happened and when; how far a renewal has come is derived from it.

create table sealed_key (
    id            uuid        primary key,
    master_key_id text        not null,
    nonce         bytea       not null check (octet_length(nonce) = 12),
    ciphertext    bytea       not null,
    public_key    bytea       not null,
    spec          text        not null check (spec in ('RSA_2048', 'RSA_3072', 'RSA_4096', 'P_256', 'P_384')),
    created_at    timestamptz not null
);

create index sealed_key_by_master on sealed_key (master_key_id);

create table renewal (
    id                 uuid        primary key,
    certificate_name   text        not null check (certificate_name <> ''),
    reason             text        not null check (reason in ('NEARING_EXPIRY', 'SUGGESTED_BY_CA', 'NAMES_CHANGED', 'ISSUER_CHANGED',
                                                              'KEY_SPEC_CHANGED', 'POLICY_CHANGED', 'FORCED', 'REVOKED')),
    issuer             text        not null,
    wish_digest        text        not null,
    opened_at          timestamptz not null,
    -- the intent, stored before the CA is asked
    key_id             uuid        references sealed_key (id),
    host_key           text,
    csr                bytea,
    csr_public_key     bytea,
    key_ready_at       timestamptz,
    requested_at       timestamptz,
    times_asked        integer     not null default 0 check (times_asked >= 0),
    -- waiting at the CA
    request_id         text,
    pending_since      timestamptz,
    ask_again_at       timestamptz,
    pending_sentence   text,
    -- what came of it
    certificate_sha256 text,
    issued_at          timestamptz,
    checked_at         timestamptz,
    stored_at          timestamptz,
    trust_published_at timestamptz,
    bound_at           timestamptz,
    verified_at        timestamptz,
    -- how the last run ended
    outcome            text,
    sentence           text,
    failure_kind       text        not null default '',
    failures           integer     not null default 0 check (failures >= 0),
    outcome_at         timestamptz,
    next_attempt_at    timestamptz,
    plan               text        not null default '',
    closed_at          timestamptz,
    version            bigint      not null default 0,
    constraint renewal_request_is_whole check ((csr is null) = (key_ready_at is null) and (csr is null) = (csr_public_key is null)),
    constraint renewal_has_one_key check (key_id is null or host_key is null),
    constraint renewal_asks_with_a_key check (requested_at is null or key_ready_at is not null),
    constraint renewal_pending_is_whole check ((request_id is null) = (pending_since is null) and (request_id is null) = (ask_again_at is null)),
    constraint renewal_issued_is_whole check ((certificate_sha256 is null) = (issued_at is null)),
    constraint renewal_checks_what_was_issued check (checked_at is null or issued_at is not null),
    constraint renewal_stores_what_was_checked check (stored_at is null or checked_at is not null),
    constraint renewal_publishes_what_is_stored check (trust_published_at is null or stored_at is not null),
    constraint renewal_binds_what_is_stored check (bound_at is null or stored_at is not null),
    constraint renewal_verifies_what_is_bound check (verified_at is null or bound_at is not null),
    constraint renewal_outcome_is_whole check ((outcome is null) = (outcome_at is null) and (outcome is null) = (sentence is null)),
    constraint renewal_closes_with_an_outcome check (closed_at is null or outcome is not null)
);

-- One open renewal per certificate, whoever runs it.
create unique index one_open_renewal_per_certificate on renewal (certificate_name) where closed_at is null;
create index renewal_latest on renewal (certificate_name, opened_at desc);

create table certificate (
    sha256              text        primary key check (sha256 ~ '^[0-9A-F]{64}$'),
    thumbprint          text        not null check (thumbprint ~ '^[0-9A-F]{40}$'),
    certificate_name    text        not null check (certificate_name <> ''),
    renewal_id          uuid        not null references renewal (id),
    issuer              text        not null,
    wish_digest         text        not null,
    chain               bytea       not null check (octet_length(chain) > 0),
    serial              text        not null,
    not_before          timestamptz not null,
    not_after           timestamptz not null,
    key_id              uuid        references sealed_key (id),
    host_key            text,
    received_at         timestamptz not null,
    accepted_at         timestamptz,
    in_use_since        timestamptz,
    in_use              boolean     not null default false,
    planned_switch_over timestamptz,
    retired_at          timestamptz,
    revoked_at          timestamptz,
    -- what our checks refused is never in use
    constraint certificate_in_use_was_accepted check (in_use_since is null or accepted_at is not null),
    constraint certificate_in_use_is_not_retired check (not in_use or (in_use_since is not null and retired_at is null))
);

alter table renewal add foreign key (certificate_sha256) references certificate (sha256) deferrable initially deferred;

-- One certificate in use per name.
create unique index one_certificate_in_use on certificate (certificate_name) where in_use;
create index certificate_by_name on certificate (certificate_name, received_at desc);
create index certificate_by_thumbprint on certificate (thumbprint);

-- When the planner looks at a certificate next; without a time only a person moves it on.
create table next_look (
    certificate_name text        primary key check (certificate_name <> ''),
    reason           text        not null check (reason in ('renew', 'resume', 'retry', 'retire')),
    look_at          timestamptz
);

create index next_look_due on next_look (look_at) where look_at is not null;
