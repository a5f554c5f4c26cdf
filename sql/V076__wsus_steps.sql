-- A switch that broke off in the middle of its steps goes on as what it began: restarts are still due, and the probes that were good before the
-- first step are those that must be good after the last.

alter table wsus_switch add column stepping_since timestamptz check (stepping_since >= began_at);
alter table wsus_switch add column good_before text not null default '';
