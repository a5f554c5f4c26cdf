#!/bin/bash
# Cold list of a thousand certificates, the database up, beside an empty Java and, where it is installed (Debian: apt-get install
# certbot), "certbot certificates" with a thousand lineages. Whole processes, in turns; prints the fastest and the median.
. "$(dirname -- "$0")/common.sh"
runs=${1:-9}

write_settings 1000
(cd "$folder" && "$certwright" -q renew --all-due >/dev/null)
start_service config/certwright.yml

cat >"$folder/Empty.java" <<'JAVA'
public class Empty { public static void main(String[] arguments) {} }
JAVA
javac -d "$folder" "$folder/Empty.java"
echo "empty Java (min, median, s):      $(seconds "$runs" "$folder" java -XX:TieredStopAtLevel=1 -cp "$folder" Empty)"
ours=$(seconds "$runs" "$folder" "$certwright" list)
echo "certwright list (min, median, s): $ours"

if command -v certbot >/dev/null; then
    lineages=$folder/letsencrypt
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=lineage.contoso.com \
        -addext subjectAltName=DNS:lineage.contoso.com -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
    mkdir -p "$lineages/renewal"
    for number in $(seq -w 1 1000); do
        name=c$number.contoso.com
        mkdir -p "$lineages/archive/$name" "$lineages/live/$name"
        cp "$folder/key.pem" "$lineages/archive/$name/privkey1.pem"
        for part in cert chain fullchain; do
            cp "$folder/cert.pem" "$lineages/archive/$name/${part}1.pem"
        done
        for part in cert chain fullchain privkey; do
            ln -s "../../archive/$name/${part}1.pem" "$lineages/live/$name/$part.pem"
            echo "$part = $lineages/live/$name/$part.pem"
        done >"$lineages/renewal/$name.conf"
        printf 'version = 2.1.0\narchive_dir = %s\n[renewalparams]\n' "$lineages/archive/$name" >>"$lineages/renewal/$name.conf"
    done
    theirs=$(seconds 3 "$folder" certbot certificates --config-dir "$lineages" --work-dir "$folder/work" --logs-dir "$folder/logs")
    echo "certbot certificates:             $theirs"
    echo "certbot takes $(python3 -c "print('%.1f' % ($(echo "$theirs" | cut -d' ' -f2) / $(echo "$ours" | cut -d' ' -f2)))") times as long (medians)"
else
    echo "certbot is not installed: left out"
fi
