#!/bin/bash
# The due query and a page of 100 lines with 1,000 and with 1,000,000 rows, by JMH on a real database of its own; then the ratio of the
# medians.
. "$(dirname -- "$0")/common.sh"

cd "$home"
mvn -q -B test-compile
mvn -q -B dependency:build-classpath -Dmdep.outputFile="$folder/classpath"
java -cp "target/test-classes:target/classes:$(cat "$folder/classpath")" org.openjdk.jmh.Main RowsBenchmark -rf csv -rff "$folder/rows.csv" \
    >"$folder/jmh.log" || { cat "$folder/jmh.log" >&2; exit 1; }
python3 - "$folder/rows.csv" <<'PYTHON'
import csv, sys
medians = {}
for row in csv.DictReader(open(sys.argv[1])):
    name = row["Benchmark"].split("RowsBenchmark.")[1]
    if name.endswith("p0.50"):
        medians[name.split(":")[0], int(row["Param: rows"])] = float(row["Score"])
for what in ("due", "page"):
    small, large = medians[what, 1000], medians[what, 1000000]
    print("%s: median %.0f us with 1,000 rows, %.0f us with 1,000,000, ratio %.2f" % (what, small, large, large / small))
PYTHON
