#!/usr/bin/env bash
# toJSON of R's jsonlite rounds numbers to four decimals unless asked: a weight of −0.00004 is written as 0, one of 0.00001 is not.
#
# Guess before running: numbers are written with fifteen digits, as write.csv does and as JSON of every other language has them.
# Seen: 0.1234 and 0.3333, −0 for −0.00004, yet 1e-05 and 2e-08 stay. write_json of the same package and auto_unbox change nothing in that; digits = NA
#   gives fifteen digits. rjson writes fifteen.
# Who meets it: who sends weights or data from R to a program in another language; losses agree to three digits and no more.
# Versions: R 4.2.2, jsonlite 1.8.4, rjson 0.2.21 of Debian 12. Needs R with these packages. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
command -v Rscript > /dev/null || { echo "R is needed, with jsonlite and rjson." >&2; exit 1; }
cat > "$place/probe.R" <<'PROBE'
x <- c(0.123456789, 1 / 3, 1e-5, 2e-8, -0.00004, 123456.789012)
cat("jsonlite:", jsonlite::toJSON(x), "\n")
cat("jsonlite, digits = NA:", jsonlite::toJSON(x, digits = NA), "\n")
file <- tempfile()
jsonlite::write_json(list(w = -0.00004, b = 1 / 3), file, auto_unbox = TRUE)
cat("write_json:", readLines(file), "\n")
cat("rjson:", rjson::toJSON(x), "\n")
cat("read back, sum of x:", format(sum(jsonlite::fromJSON(jsonlite::toJSON(x))), digits = 15), "of", format(sum(x), digits = 15), "\n")
PROBE
cat > "$place/expected" <<'EXPECTED'
jsonlite: [0.1235,0.3333,1e-05,2e-08,-0,123456.789] 
jsonlite, digits = NA: [0.123456789,0.333333333333333,1e-05,2e-08,-4e-05,123456.789012] 
write_json: {"w":-0,"b":0.3333} 
rjson: [0.123456789,0.333333333333333,1e-05,2e-08,-4e-05,123456.789012] 
read back, sum of x: 123457.24581002 of 123457.245772142 
EXPECTED
Rscript "$place/probe.R" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
