-- What the list of certificates shows without reckoning anything anew, and the order in which it pages.

alter table next_look add column due_at timestamptz;
alter table next_look add column due_reason text;

-- Names are paged in the order of their code points, whatever order the server's locale has.
create index certificate_in_use_page on certificate (certificate_name collate "C") where in_use;
create index renewal_open_page on renewal (certificate_name collate "C") where closed_at is null;
