-- The first certificate of a name replaces none that nears its end.

alter table renewal drop constraint renewal_reason_check;
alter table renewal add constraint renewal_reason_check
    check (reason in ('FIRST', 'NEARING_EXPIRY', 'SUGGESTED_BY_CA', 'NAMES_CHANGED', 'ISSUER_CHANGED', 'KEY_SPEC_CHANGED',
                      'POLICY_CHANGED', 'FORCED', 'REVOKED', 'ADOPTED'));
