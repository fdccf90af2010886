#!/usr/bin/env bash
# csv-parse with cast: true reads 0x1F as 0 and NaN as text; PapaParse leaves +0.5 and -Infinity text; d3 takes 2020-01 for a date.
#
# Guess before running: the readers of CSV in JavaScript read +0.5, 1e-3, .5, NaN, -Infinity and 0x1F alike, as Number() does, or leave them text.
# Seen: csv-parse makes 0 of 0x1F, and a number of +0.5; PapaParse's dynamicTyping leaves +0.5, NaN, -Infinity and 0x1F text beside numbers in the same
#   column; d3.autoType reads all as Number() does, but 2020-01 becomes a date. A column so has words among its numbers, and sums join them.
# Who meets it: who reads logs of sensors and boards, which write signs and registers.
# Versions: csv-parse@7.0.3, papaparse@5.7.1, d3-dsv@3.0.2; Node 18 or later. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm install --silent --no-audit --no-fund csv-parse@7.0.3 papaparse@5.7.1 d3-dsv@3.0.2 > /dev/null 2>&1)
cat > "$place/probe.mjs" <<'PROBE'
import { parse } from "csv-parse/sync";
import * as d3 from "d3-dsv";
import Papa from "papaparse";

const cells = ["+0.5", "1e-3", ".5", "NaN", "-Infinity", "0x1F", "2020-01"];
const csv = ["a,b", ...cells.map((cell) => `${cell},x`)].join("\n");
const shown = (row) => (row.a instanceof Date ? "a date" : typeof row.a === "string" ? JSON.stringify(row.a) : String(row.a));
console.log("cells:     ", cells.join(" "));
console.log("csv-parse: ", parse(csv, { columns: true, cast: true }).map(shown).join(" "));
console.log("PapaParse: ", Papa.parse(csv, { header: true, dynamicTyping: true }).data.map(shown).join(" "));
console.log("d3.autoType:", d3.csvParse(csv, d3.autoType).map(shown).join(" "));
PROBE
cat > "$place/expected" <<'EXPECTED'
cells:      +0.5 1e-3 .5 NaN -Infinity 0x1F 2020-01
csv-parse:  0.5 0.001 0.5 "NaN" "-Infinity" 0 "2020-01"
PapaParse:  "+0.5" 0.001 0.5 "NaN" "-Infinity" "0x1F" "2020-01"
d3.autoType: 0.5 0.001 0.5 NaN -Infinity 31 a date
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
