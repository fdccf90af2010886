#!/usr/bin/env bash
# Algebrite reads 1e-6 as e - 6.
#
# Guess before running: 1e-6 is a millionth, since 2.5e-3 is read as 0.0025.
# Seen: 1e-6 is e - 6 and 1e-6*x is e - 6x: without a decimal point the e is Euler's number and the minus
#   a subtraction; 1e6 becomes a variable e6. The derivative of 1e-2*w^2 is accordingly -4w. Nothing
#   complains.
# Who meets it: who passes an expression with a small factor or a learning rate as Python prints it:
#   another function is derived. A text for such a reader must write 0.000001, or 1.0e-6.
# Versions: algebrite@1.4.0; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund algebrite@1.4.0
cat > "$place/probe.cjs" <<'PROBE'
const algebrite = require("algebrite");

for (const text of ["1e-6", "1e-6*x", "1.0e-6*x", "2.5e-3", "1e6", "2e3*x", "d(1e-2*w^2, w)", "d(1.0e-2*w^2, w)"])
  console.log(text, "is", algebrite.run(text));
PROBE
cat > "$place/expected" <<'EXPECTED'
1e-6 is -6+e
1e-6*x is -6*x+e
1.0e-6*x is 0.000001*x
2.5e-3 is 0.0025
1e6 is e6
2e3*x is 2*e3*x
d(1e-2*w^2, w) is -4*w
d(1.0e-2*w^2, w) is 0.02*w
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
