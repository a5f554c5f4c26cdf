#!/bin/bash
# renew --all-due of a thousand P-256 certificates from the built-in CA (P-256), bound nowhere, the database up and the CA not made yet.
# Prints the whole process, and the stories alone: from the first renewal's opening to the last one's end, as the database has them.
. "$(dirname -- "$0")/common.sh"

write_settings 1000
write_idle_settings
start_service config/idle.yml
echo "whole process (s): $(seconds 1 "$folder" "$certwright" -q renew --all-due | cut -d' ' -f1)"
(cd "$folder" && "$certwright" --json list) >"$folder/list.json"
if command -v psql >/dev/null; then
    PGPASSWORD=$(cat "$folder/data/postgres/password") psql -At -h 127.0.0.1 -U certwright \
        -p "$(sed -n 4p "$folder/data/postgres/data/postmaster.pid")" postgres -c "
        select 'stories alone: ' || count(*) || ' in ' || round(extract(epoch from max(closed_at) - min(opened_at)), 1) || ' s, '
            || round(count(*) / extract(epoch from max(closed_at) - min(opened_at)), 0) || ' a second' from certwright.renewal"
else
    echo "psql is not installed: the stories alone are left out"
fi
echo "in use afterwards: $(grep -o '"thumbprint"' "$folder/list.json" | wc -l)"
