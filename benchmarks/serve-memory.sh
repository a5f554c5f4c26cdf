#!/bin/bash
# Resident memory of an idle service with a thousand certificates, without its database, 20 seconds after it began to listen.
. "$(dirname -- "$0")/common.sh"

write_settings 1000
(cd "$folder" && "$certwright" -q renew --all-due >/dev/null)
start_service config/certwright.yml
sleep 20
grep -E 'VmRSS|Threads' "/proc/$service/status"
