#!/usr/bin/env bash
# math.js reads the nodes b and L of L = (a*b + c)*f as a bit and a litre where they have no value, and
#   typesets b upright.
#
# Guess before running: a name without a value is an error (Undefined symbol a), and in TeX every name is
#   set alike.
# Seen: evaluating a*b + c without values names a as undefined, but b alone is the unit bit, 2*L is 2
#   litres, g the gram, and b + 1 fails with 'expected: Unit'. toTex sets b as \mathrm{b} between an
#   italic a and c. The derivative is right.
# Who meets it: who evaluates or typesets the seed in a page by math.js: a forgotten input is no error
#   but a unit, and the formula mixes two kinds of letters. Check for values first, and give toTex a
#   handler for symbols.
# Versions: mathjs@15.2.0; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund mathjs@15.2.0
cat > "$place/probe.mjs" <<'PROBE'
import { create, all } from "mathjs";

const math = create(all);
const outcome = (text, values = {}) => {
  try {
    return math.evaluate(text, values).toString();
  } catch (error) {
    return error.message;
  }
};
for (const text of ["a", "b", "2*L", "g", "b + 1"]) console.log(text, "is", outcome(text));
console.log("a*b with values is", outcome("a*b", { a: 2, b: 3 }));
console.log(math.parse("(a*b + c)*f").toTex().replace(/ +/g, " "));
console.log("d/db is", math.derivative("(a*b + c)*f", "b").toString());
PROBE
cat > "$place/expected" <<'EXPECTED'
a is Undefined symbol a
b is b
2*L is 2 L
g is g
b + 1 is Unexpected type of argument in function addScalar (expected: Unit, actual: number, index: 1)
a*b with values is 6
\left( a\cdot\mathrm{b}+ c\right)\cdot f
d/db is f * a
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
