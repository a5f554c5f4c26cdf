-- Master keys that a rotation has replaced. Nothing may be sealed under one any more: a process that still has it in memory would else
-- store a key that nobody can open once the old master key is gone.

create table retired_master_key (
    id         text        primary key check (id <> ''),
    retired_at timestamptz not null
);

create function refuse_retired_master_key() returns trigger language plpgsql as $$
begin
    if exists (select from retired_master_key where id = new.master_key_id) then
        raise exception 'master key % was replaced by a rotation, so nothing is sealed under it any more', new.master_key_id;
    end if;
    return new;
end
$$;

create trigger sealed_key_under_a_living_master_key
    before insert or update of master_key_id on sealed_key
    for each row execute function refuse_retired_master_key();
