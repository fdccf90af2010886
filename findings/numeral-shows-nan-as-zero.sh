#!/usr/bin/env bash
# Numeral.js shows NaN as 0.000 and 0.0000001 as NaN, and reads 1e3 as 13, 1.5e3 as 1.53 and −5, with a true minus, as 5.
#
# Guess before running: a number is shown as it is, rounded: 1e-7 with three decimals is 0.000, NaN is NaN, or a text that was set for it; 1.5e3 is 1500,
#   as numbers of JavaScript are written.
# Seen: numbers that JavaScript writes with an exponent, below 1e-6 and from 1e21 on, become NaN in each plain format; the format 0.0e+0 alone shows them.
#   NaN itself is 0, as is null. On reading, signs that are not known are left out: the e of 1e3 (2.5e-3 is right) and U+2212, the minus that pages and
#   papers print. numbro does all but the last.
# Who meets it: who shows losses and gradients on a page: a run that broke down has a loss of 0.000, and one that converges ends in NaN.
# Versions: numeral@2.0.6, numbro@2.5.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts numeral@2.0.6 numbro@2.5.0
cat > "$place/numbers.cjs" <<'PROBE'
const numeral = require("numeral");
const numbro = require("numbro");

for (const value of [0.001, 1e-6, 1e-7, -1.5e-9, 1e21, NaN, null, Infinity]) {
  const formats = ["0.000", "0.0a", "0.0e+0"].map((format) => `${format} ${numeral(value).format(format)}`);
  console.log(`${value}: ${formats.join(", ")}; numbro ${value === null ? "-" : numbro(value).format("0.000")}`);
}
for (const text of ["1500", "1e3", "1.5e3", "2.5e-3", "-5", "\u22125"]) {
  console.log(`read ${text}: ${numeral(text).value()}; numbro ${numbro.unformat(text)}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
0.001: 0.000 0.001, 0.0a 0.0, 0.0e+0 1.0e-3; numbro 0.001
0.000001: 0.000 0.000, 0.0a 0.0, 0.0e+0 1.0e-6; numbro 0.000
1e-7: 0.000 NaN, 0.0a NaN, 0.0e+0 1.0e-7; numbro 0.000
-1.5e-9: 0.000 NaN, 0.0a NaN, 0.0e+0 -1.5e-9; numbro 0.000
1e+21: 0.000 NaN, 0.0a 1000000000.0t, 0.0e+0 1.0e+21; numbro 1000000000000000000000.000
NaN: 0.000 0.000, 0.0a 0.0, 0.0e+0 0.0e+0; numbro NaN
null: 0.000 0.000, 0.0a 0.0, 0.0e+0 0.0e+0; numbro -
Infinity: 0.000 NaN, 0.0a NaNt, 0.0e+0 NaNeundefined; numbro Infinity
read 1500: 1500; numbro 1500
read 1e3: 13; numbro 1000
read 1.5e3: 1.53; numbro 1500
read 2.5e-3: 0.0025; numbro 0.0025
read -5: -5; numbro -5
read −5: 5; numbro undefined
EXPECTED
node "$place/numbers.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
