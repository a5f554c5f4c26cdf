-- Who has the trust of a group, by their own reports, and what people should know of its servers.

-- Of servers whose leaf could not be read when the present package was made.
alter table trust_group add column remarks text[] not null default '{}';

-- The last report of each machine; a later one takes its place, an earlier one never does.
create table trust_report (
    group_name  text        not null references trust_group (name),
    host        text        not null check (host <> '' and host = lower(host)),
    -- what names a package in reports: the beginning of its bundle's digest
    package     text        not null check (package ~ '^[0-9A-F]{16}$'),
    compliant   boolean     not null,
    detail      text        not null,
    source      text        not null check (source <> ''),
    reported_at timestamptz not null,
    primary key (group_name, host)
);
