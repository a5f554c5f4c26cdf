-- The switch of WSUS servers to TLS, which takes weeks: what was before the first change, and how far it is.

create table wsus_switch (
    host      text        primary key check (host <> ''),
    -- sslFlags of the virtual directories and what WSUS recorded of its name; the room's own words
    memento   text        not null,
    -- the https binding where it began without a certificate; the binding's own words, nothing where one was bound
    binding   text        not null,
    began_at  timestamptz not null,
    done_at   timestamptz check (done_at >= began_at),
    undone_at timestamptz check (undone_at >= began_at)
);
