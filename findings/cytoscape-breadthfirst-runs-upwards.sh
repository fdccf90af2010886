#!/usr/bin/env bash
# Cytoscape.js puts a node in the row of its shortest way from a root, so that edges of a computation graph run upwards; maximal: true, made for such graphs, is a TypeError.
#
# Guess before running: breadthfirst with directed: true puts each node of a graph without circles below all that it depends on, so that every edge leads
#   downwards, at least with maximal: true, which the documentation has for such graphs.
# Seen: of a to b to c to L, with a second input d to L, L stands beside b and above c, and the edge from c runs upwards into it; a skip from a to L does
#   the same. Without directed the result L is at the top and four of five edges run upwards. maximal: true ends in "Cannot read properties of null".
# Who meets it: who shows a computation graph, or a network with residual connections, in a page: the order of computing cannot be read off the rows. Use
#   the dagre or ELK extension.
# Versions: cytoscape@3.35.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts cytoscape@3.35.0
cat > "$place/rows.cjs" <<'PROBE'
const cytoscape = require("cytoscape");

const PLAIN = [["a", "b"], ["b", "c"], ["c", "L"], ["d", "L"]];
const SKIP = [...PLAIN, ["a", "L"]];

function rows(name, pairs, options) {
  const names = [...new Set(pairs.flat())].map((id) => ({ data: { id } }));
  const cy = cytoscape({ headless: true, styleEnabled: true, elements: [...names, ...pairs.map(([source, target]) => ({ data: { source, target } }))] });
  try {
    cy.layout({ name: "breadthfirst", directed: true, animate: false, boundingBox: { x1: 0, y1: 0, w: 300, h: 300 }, ...options }).run();
  } catch (error) {
    console.log(`${name}: ${error.name}`);
    return;
  }
  const height = (node) => Math.round(node.position().y);
  const heights = [...new Set(cy.nodes().map(height))].sort((one, other) => one - other);
  const shown = heights.map((each) => cy.nodes().filter((node) => height(node) === each).map((node) => node.id()).join(" ")).join(" / ");
  const wrong = cy.edges().filter((edge) => height(edge.target()) <= height(edge.source())).map((edge) => `${edge.source().id()}-${edge.target().id()}`);
  console.log(`${name}: rows ${shown}; not downwards: ${wrong.join(" ") || "none"}`);
}

rows("without the skip", PLAIN, {});
rows("with the skip", SKIP, {});
rows("with the skip, roots named", SKIP, { roots: ["a", "d"] });
rows("with the skip, undirected", SKIP, { directed: false });
rows("with the skip, maximal", SKIP, { maximal: true });
process.exit();
PROBE
cat > "$place/expected" <<'EXPECTED'
without the skip: rows a d / b L / c; not downwards: c-L
with the skip: rows a d / b L / c; not downwards: c-L
with the skip, roots named: rows a d / b L / c; not downwards: c-L
with the skip, undirected: rows L / a c d / b; not downwards: b-c c-L d-L a-L
with the skip, maximal: TypeError
EXPECTED
node "$place/rows.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
