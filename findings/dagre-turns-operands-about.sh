#!/usr/bin/env bash
# @dagrejs/dagre turns the operands of a node about: the first edge comes from the lowest card; the dagre before did not.
#
# Guess before running: where no edge crosses another, cards stand in the order in which their edges were set, as by dagre 0.8.5
#   and Graphviz.
# Seen: they stand in the reverse order, to the right as well as downwards: of a - b, b is above a. dagre 0.8.5 keeps the order.
# Who meets it: who draws a computational graph in React Flow or Cytoscape by the package that took dagre's place: a - b and a / b
#   read backwards. Set the edges of each node from the last operand to the first.
# Versions: @dagrejs/dagre@3.1.3 (1.1.4 keeps the order), dagre@0.8.5; Node 20. Needs node with npm and a package registry.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @dagrejs/dagre@3.1.3 dagre@0.8.5
cat > "$place/probe.mjs" <<'PROBE'
import * as renewed from "@dagrejs/dagre";
import dagre from "dagre";

function fromAbove({ graphlib, layout }, operands) {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of [...operands, "difference"]) graph.setNode(name, { width: 40, height: 20 });
  for (const name of operands) graph.setEdge(name, "difference");
  layout(graph);
  return [...operands].sort((one, other) => graph.node(one).y - graph.node(other).y).join(" ");
}

for (const operands of [["a", "b"], ["a", "b", "c", "d"]]) {
  console.log("edges from", operands.join(", "));
  console.log("  dagre 0.8.5, from above:         ", fromAbove(dagre, operands));
  console.log("  @dagrejs/dagre 3.1.3, from above:", fromAbove(renewed.default ?? renewed, operands));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
edges from a, b
  dagre 0.8.5, from above:          a b
  @dagrejs/dagre 3.1.3, from above: b a
edges from a, b, c, d
  dagre 0.8.5, from above:          a b c d
  @dagrejs/dagre 3.1.3, from above: d c b a
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
