-- Who did what when. Each entry's hash covers the one before it.

create table audit_entry (
    number  bigint      primary key check (number > 0),
    at      timestamptz not null,
    person  text        not null check (person <> ''),
    host    text        not null check (host <> ''),
    act     text        not null check (act ~ '^[A-Z_]+$'),
    subject text        not null check (subject <> ''),
    details text        not null,
    hash    text        not null check (hash ~ '^[0-9a-f]{64}$')
);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are never changed and never removed';
end
$$;

create trigger audit_stands before update or delete on audit_entry for each row execute function refuse_change_of_audit();
