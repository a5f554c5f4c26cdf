-- What the clients of each group were given, and since when they have it.

create table trust_group (
    name        text    primary key check (name <> ''),
    -- clients that took a pin once compare pins from then on
    ever_pinned boolean not null default false
);

-- What stands in the present package of a group, each certificate since its own time.
create table trust_certificate (
    group_name     text        not null references trust_group (name),
    role           text        not null check (role in ('ANCHOR', 'INTERMEDIATE', 'PIN')),
    sha256         text        not null check (sha256 ~ '^[0-9A-F]{64}$'),
    der            bytea       not null check (octet_length(der) > 0),
    label          text        not null check (label <> ''),
    published_at   timestamptz not null,
    effective_from timestamptz not null,
    reason         text        not null check (reason <> ''),
    primary key (group_name, role, sha256),
    check (effective_from >= published_at)
);

create table trust_publication (
    id              bigint      generated always as identity primary key,
    group_name      text        not null references trust_group (name),
    bundle_digest   text        not null check (bundle_digest ~ '^[0-9A-F]{64}$'),
    manifest_sha256 text        not null check (manifest_sha256 ~ '^[0-9A-F]{64}$'),
    location        text        not null check (location <> ''),
    published_at    timestamptz not null,
    effective_from  timestamptz not null,
    reason          text        not null check (reason <> ''),
    superseded_at   timestamptz
);

-- One present publication per group.
create unique index one_present_publication_per_group on trust_publication (group_name) where superseded_at is null;

-- Who vouched that all clients have a publication.
create table trust_confirmation (
    publication_id bigint      not null references trust_publication (id),
    person         text        not null check (person <> ''),
    confirmed_at   timestamptz not null,
    primary key (publication_id, person, confirmed_at)
);

-- What the other servers of client groups were last seen to present.
create table trust_seen (
    host    text        not null check (host <> ''),
    port    integer     not null check (port between 1 and 65535),
    sni     text        not null,
    chain   bytea       not null check (octet_length(chain) > 0),
    seen_at timestamptz not null,
    primary key (host, port, sni)
);
