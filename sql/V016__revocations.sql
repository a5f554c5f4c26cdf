-- Which certificate a person wanted revoked, noted before it is replaced and before the CA is told: who asks again means the same one.

alter table certificate add column revocation_asked_at timestamptz;

create index certificate_to_revoke on certificate (certificate_name) where revocation_asked_at is not null and revoked_at is null;
