#!/usr/bin/env bash
# math-expressions gives exp(x) the slope 0, reads tanh(x) as tan times h times x, and 0,5 as 0.
#
# Guess before running: exp(x) and e^x have the same derivative; functions that it does not know, and text that it cannot read to its end, raise an
#   error.
# Seen: e^x has the slope e^x, exp(x) the slope 0, so that the sigmoid 1/(1+exp(-x)) is flat; its values are right. tanh(x) is t-a-n of h times x,
#   max(x,1) a product of letters with NaN. What follows a comma, a semicolon or an underscore is dropped without a word: 2,5 x is 2 x, x;y is x, w_1 x is
#   w. 1e-3 x is e less 3 x.
# Who meets it: who checks answers about derivatives in a page (the library is made for questions of that kind): a right answer for a sigmoid is called
#   wrong, and 0,5 is the answer 0. Write e^x.
# Versions: math-expressions@1.8.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts math-expressions@1.8.1
cat > "$place/probe.mjs" <<'PROBE'
import { createRequire } from "node:module";

const me = createRequire(import.meta.url)("math-expressions");
const read = (me.default ?? me).fromText;
for (const text of ["e^x", "exp(x)", "x exp(x)", "1/(1+exp(-x))", "tanh(x)", "max(x,1)", "2,5 x", "0,5", "x;y", "w_1 x", "1e-3 x"]) {
  const formula = read(text);
  console.log(`${text}: read as ${formula.toString()}, slope ${formula.derivative("x").toString()}`);
}
for (const [one, other] of [["exp(x)", "e^x"], ["0,5", "0"]]) {
  console.log(`${one} equals ${other}: ${read(one).equals(read(other))}`);
}
process.exit(0);
PROBE
cat > "$place/expected" <<'EXPECTED'
e^x: read as e^x, slope e^x
exp(x): read as exp x, slope 0
x exp(x): read as x exp x, slope exp x
1/(1+exp(-x)): read as 1/(1 + exp (-x)), slope 0/(1 + exp (-x))^2
tanh(x): read as tan h x, slope tan h
max(x,1): read as m a x x NaN, slope m a NaN (x + x)
2,5 x: read as 2 x, slope 2
0,5: read as 0, slope 0
x;y: read as x, slope 1
w_1 x: read as w, slope 0
1e-3 x: read as e - (3 x), slope 0 - 3
exp(x) equals e^x: true
0,5 equals 0: true
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
