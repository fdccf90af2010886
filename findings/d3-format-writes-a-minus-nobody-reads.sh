#!/usr/bin/env bash
# d3-format writes negative numbers with U+2212, which Number, parseFloat and d3's own autoType, do not read.
#
# Guess before running: -4 is written with a hyphen, so that what an axis or a table shows can be read as a number again.
# Seen: the sign is U+2212 in every format: Number("−4") is NaN, parseFloat too, autoType leaves text, and Python's float refuses. -0 is 0, but "+"
#   makes +0 and −0 of 0 and -0. The format d writes ∞ for infinity, all others Infinity. .3s writes 0.0001 as 100µ.
# Who meets it: who copies values out of a figure of d3 (a backpropagation page, a loss curve) into a program: negative gradients are text or NaN,
#   positive ones are numbers. Give formatLocale({minus: "-"}).
# Versions: d3-format@3.1.3, d3-dsv@3.0.1; Node 20, Python 3.11. Needs node with npm, python3 and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts d3-format@3.1.3 d3-dsv@3.0.1
cat > "$place/probe.mjs" <<'PROBE'
import { autoType, csvParse } from "d3-dsv";
import { format } from "d3-format";

for (const kind of ["", ".2f", ".3g", ".3e", ",", ".3s", "+", "d"]) {
  const shown = [-4, 0, -0, Infinity, 0.0001].map((value) => format(kind)(value));
  console.log(`format "${kind}": ${shown.join("  ")}  and -4 read again: ${Number(format(kind)(-4))} ${parseFloat(format(kind)(-4))}`);
}
console.log("as a column:", JSON.stringify(csvParse(`gradient\n${format(".1f")(-4)}\n${format(".1f")(5)}\n`, autoType)));
PROBE
cat > "$place/expected" <<'EXPECTED'
format "": −4  0  0  Infinity  0.0001  and -4 read again: NaN NaN
format ".2f": −4.00  0.00  0.00  Infinity  0.00  and -4 read again: NaN NaN
format ".3g": −4.00  0.00  0.00  Infinity  0.000100  and -4 read again: NaN NaN
format ".3e": −4.000e+0  0.000e+0  0.000e+0  Infinity  1.000e-4  and -4 read again: NaN NaN
format ",": −4  0  0  Infinity  0.0001  and -4 read again: NaN NaN
format ".3s": −4.00  0.00  0.00  Infinity  100µ  and -4 read again: NaN NaN
format "+": −4  +0  −0  +Infinity  +0.0001  and -4 read again: NaN NaN
format "d": −4  0  0  ∞  0  and -4 read again: NaN NaN
as a column: [{"gradient":"−4.0"},{"gradient":5}]
ValueError: could not convert string to float: '−4'
EXPECTED
(node "$place/probe.mjs"; python3 -c 'float("\u2212" + "4")' 2>&1 | tail -n 1) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
