#!/usr/bin/env bash
# D2 takes W and w for one shape, w*x for a pattern that matches nothing, x<0 for an arrow, and 1.0 for a shape 0 in a box 1.
#
# Guess before running: a key without blanks, quotes or brackets is a name as it stands, and -> alone makes an arrow; what cannot be a name is
#   refused, as a&b is.
# Seen: keys are the same whatever their case, in quotes too: W -> w is an edge from W to itself. w*x -> y is y alone, without an edge, since *
#   makes a pattern. x<0 -> y has edges from 0 to x and to y. 1.0 is a shape 0 in a box 1, w.grad a shape grad in a box w. Nothing warns.
# Who meets it: who writes a network or a formula as a D2 diagram: a weight w vanishes in the matrix W, and edges are gone from the picture. Put
#   names in quotes, and let no two differ in their case alone.
# Versions: @terrastruct/d2 0.1.33; Node 20. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @terrastruct/d2@0.1.33
cat > "$place/d2.mjs" <<'PROBE'
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
for (const text of ["W -> w", '"W" -> "w"', "w*x -> y", '"w*x" -> y', "x<0 -> y", "1 -> 1.0", "w.grad -> L", "a&b -> c"]) {
  try {
    const { diagram } = await d2.compile(text);
    const edges = diagram.connections.map((edge) => `${edge.dstArrow === "none" ? edge.dst : edge.src} to ${edge.dstArrow === "none" ? edge.src : edge.dst}`);
    console.log(text, "| shapes:", diagram.shapes.map((shape) => shape.id).join(", "), "| edges:", edges.join(", ") || "none");
  } catch (error) {
    console.log(text, "| refused");
  }
}
process.exit(0);
PROBE
cat > "$place/expected" <<'EXPECTED'
W -> w | shapes: W | edges: W to W
"W" -> "w" | shapes: W | edges: W to W
w*x -> y | shapes: y | edges: none
"w*x" -> y | shapes: "w*x", y | edges: "w*x" to y
x<0 -> y | shapes: x, 0, y | edges: 0 to x, 0 to y
1 -> 1.0 | shapes: 1, 1.0 | edges: 1 to 1.0
w.grad -> L | shapes: w, w.grad, L | edges: w.grad to L
a&b -> c | refused
EXPECTED
node "$place/d2.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
