-- What was bound before a renewal changed it, which host is being changed by whom, and what Certwright's own listeners serve.

create table binding_snapshot (
    renewal_id       uuid        not null references renewal (id),
    binding          text        not null check (binding <> ''),
    -- the DER of each certificate, leaf first; nothing where nothing was bound
    chain            bytea       check (octet_length(chain) > 0),
    memento          text        not null,
    reachable_before boolean     not null,
    taken_at         timestamptz not null,
    -- the first snapshot stands: a later one would remember the change
    primary key (renewal_id, binding)
);

create table host_lock (
    host       text        primary key check (host <> ''),
    holder     text        not null check (holder <> ''),
    -- grows with every holder; the row stays when the lock is given back, so that no token comes twice
    token      bigint      not null check (token > 0),
    held_until timestamptz
);

create table listener_assignment (
    listener           text        primary key check (listener <> ''),
    certificate_sha256 text        not null check (certificate_sha256 ~ '^[0-9A-F]{64}$'),
    assigned_at        timestamptz not null
);
