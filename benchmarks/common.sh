# Read by the scripts beside it: a folder of its own with the settings of N certificates, and a service that keeps its database up.
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
certwright=${CERTWRIGHT:-$home/certwright}
folder=$(mktemp -d)
service=

finish() {
    if [ -n "$service" ]; then
        kill "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# write_settings N: N P-256 certificates from the built-in CA, bound nowhere.
write_settings() {
    mkdir -p "$folder/config"
    {
        echo "issuers: { lab: { type: builtin, ca-key: p-256 } }"
        echo "service: { listen: \"127.0.0.1:$(free_port)\" }"
        echo "certificates:"
        for number in $(seq -w 1 "$1"); do
            echo "  c$number: { dns: [c$number.contoso.com], issuer: lab, key: { algorithm: ec, size: 256 } }"
        done
    } >"$folder/config/certwright.yml"
}

# start_service FILE: serves by these settings until the script ends.
start_service() {
    (cd "$folder" && exec "$certwright" --config "$1" serve) >"$folder/serve.log" 2>&1 &
    service=$!
    tries=0
    until grep -q listens "$folder/serve.log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 120 ] || ! kill -0 "$service" 2>/dev/null; then
            cat "$folder/serve.log" >&2
            exit 1
        fi
        sleep 0.5
    done
}

# Settings without certificates in the same folder: a service by these keeps the database up and does nothing else.
write_idle_settings() {
    {
        echo "issuers: { lab: { type: builtin, ca-key: p-256 } }"
        echo "service: { listen: \"127.0.0.1:$(free_port)\" }"
    } >"$folder/config/idle.yml"
}

seconds() {
    python3 - "$@" <<'PYTHON'
import subprocess, sys, time
runs = []
for _ in range(int(sys.argv[1])):
    begin = time.perf_counter()
    subprocess.run(sys.argv[3:], cwd=sys.argv[2], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    runs.append(time.perf_counter() - begin)
runs.sort()
print("%.3f %.3f" % (runs[0], runs[len(runs) // 2]))
PYTHON
}
