-- Certificates that people bound by hand and that were taken over as they are: served, and never held against our checks.

alter table certificate add column adopted_at timestamptz;
alter table certificate drop constraint certificate_in_use_was_accepted;
alter table certificate add constraint certificate_in_use_was_accepted
    check (in_use_since is null or accepted_at is not null or adopted_at is not null);

alter table renewal drop constraint renewal_reason_check;
alter table renewal add constraint renewal_reason_check
    check (reason in ('NEARING_EXPIRY', 'SUGGESTED_BY_CA', 'NAMES_CHANGED', 'ISSUER_CHANGED', 'KEY_SPEC_CHANGED', 'POLICY_CHANGED',
                      'FORCED', 'REVOKED', 'ADOPTED'));
