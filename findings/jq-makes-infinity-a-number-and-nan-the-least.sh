#!/usr/bin/env bash
# jq writes an infinite number as 1.7976931348623157e+308 and NaN as null, and holds NaN to be less than every number.
#
# Guess before running: 1e1000 is kept as written, or null as in JavaScript; nan < 1 is false, as everywhere; min of 1, nan, 3 is NaN or 1, and so is
#   max.
# Seen: {"loss": 1e1000} comes out as 1.7976931348623157e+308, a number that a next program takes for one; NaN in the input becomes null; nan < 1 is
#   true and nan > 1 false; min of 1, nan, 3 is null (the NaN) and max 3; unique keeps two NaN apart. 0.10000000000000001 is written as 0.1 and
#   100000000000000000001 as 1e+20.
# Who meets it: who filters logs of training with select(.loss < 1): steps that diverged to NaN are kept as the best, and infinite losses are finite
#   after the filter.
# Versions: Debian's jq 1.6-2.1+deb12u3. Needs jq of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.txt" <<'PROBE'
1e1000
-1e1000
nan
nan < 1
nan > 1
[1, nan, 3] | min
[1, nan, 3] | max
[3, nan, 1] | sort
[nan, nan] | unique | length
100000000000000000001
PROBE
cat > "$place/expected" <<'EXPECTED'
1e1000 -> 1.7976931348623157e+308
-1e1000 -> -1.7976931348623157e+308
nan -> null
nan < 1 -> true
nan > 1 -> false
[1, nan, 3] | min -> null
[1, nan, 3] | max -> 3
[3, nan, 1] | sort -> [null,1,3]
[nan, nan] | unique | length -> 2
100000000000000000001 -> 1e+20
{"loss":1.7976931348623157e+308,"next":null}
EXPECTED
{ while read -r filter; do printf "%s -> " "$filter"; jq -nc "$filter"; done < "$place/probe.txt"; echo "{\"loss\": 1e1000, \"next\": NaN}" | jq -c .; } > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
