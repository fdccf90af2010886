#!/usr/bin/env bash
# In Cytoscape.js the selector '#a+b' finds the node a, and '#∂L/∂a' finds every element.
#
# Guess before running: an id that is no plain word makes the selector fail: an exception, or nothing
#   found.
# Seen: '#a+b' and '#a:b' find the node a, '#∂L/∂a' finds all nodes and edges, '#f(x)' and '#w[0]' none;
#   only a line on the console says that the selector is invalid. getElementById finds each.
# Who meets it: who marks or removes a node by its id: cy.$('#∂L/∂a').remove() empties the graph. Names
#   of a computational graph go by getElementById, and an export of ours gives plain ids (n0, n1) with
#   the names as labels.
# Versions: cytoscape@3.35.0; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund cytoscape@3.35.0
cat > "$place/probe.cjs" <<'PROBE'
const cytoscape = require("cytoscape");

console.error = () => {};
console.warn = () => {};
const ids = ["a", "b", "a+b", "a:b", "f(x)", "w[0]", "∂L/∂a"];
const graph = cytoscape({ headless: true, elements: ids.map((id) => ({ data: { id } })) });
for (const id of ids) {
  const found = graph.$("#" + id).map((element) => element.id());
  console.log(id, "by selector:", found.join(" ") || "none", "| by getElementById:", graph.getElementById(id).id());
}
PROBE
cat > "$place/expected" <<'EXPECTED'
a by selector: a | by getElementById: a
b by selector: b | by getElementById: b
a+b by selector: a | by getElementById: a+b
a:b by selector: a | by getElementById: a:b
f(x) by selector: none | by getElementById: f(x)
w[0] by selector: none | by getElementById: w[0]
∂L/∂a by selector: a b a+b a:b f(x) w[0] ∂L/∂a | by getElementById: ∂L/∂a
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
