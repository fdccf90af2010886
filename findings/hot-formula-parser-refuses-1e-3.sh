#!/usr/bin/env bash
# hot-formula-parser, which evaluates the formulas of spreadsheets, refuses 1E-3 and LOG(100), and takes -2^2 for -4.
#
# Guess before running: it computes what Excel does, whose functions it has: 1E-3 is 0.001, LOG(100) is 2 (base 10 where none is
#   given), -2^2 is 4, since the sign binds first, and 2^3^2 is 64, from the left.
# Seen: 2^3^2 is 64 as in Excel, but -2^2 is -4 as in mathematics; 1E-3 and 1e-3 are errors of the parser, though 1E-3 is how
#   spreadsheets show a thousandth; LOG(100) is #VALUE!, where LOG(100, 10) and LOG10(100) are 2.
# Who meets it: who types a learning rate or a formula from a sheet into a program with this parser. Write 0.001, LOG10 and (-2)^2.
# Versions: hot-formula-parser@4.0.0; Node 20. Needs node with npm and a package registry. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund hot-formula-parser@4.0.0
cat > "$place/formulas.cjs" <<'PROBE'
const { Parser } = require("hot-formula-parser");

const parser = new Parser();
for (const text of ["1E-3", "1e-3", "0.001", "LOG(100)", "LOG(100, 10)", "LOG10(100)", "-2^2", "(-2)^2", "0-2^2", "2^3^2", "2^-1"]) {
  const { error, result } = parser.parse(text);
  console.log(text, "is", error ?? result);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
1E-3 is #ERROR!
1e-3 is #ERROR!
0.001 is 0.001
LOG(100) is #VALUE!
LOG(100, 10) is 2
LOG10(100) is 2
-2^2 is -4
(-2)^2 is 4
0-2^2 is -4
2^3^2 is 64
2^-1 is 0.5
EXPECTED
node "$place/formulas.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
