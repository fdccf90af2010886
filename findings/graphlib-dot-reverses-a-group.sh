#!/usr/bin/env bash
# graphlib-dot draws the edges of a group in reverse, and what a subgraph sets for its nodes holds for all that follow.
#
# Guess before running: {a b} -> c gives the edges a -> c, b -> c, in this order, and node [color=red] in a subgraph ends with
#   it, as in Graphviz; a line that begins with # is a remark, σ is a name, attributes may be parted by semicolons.
# Seen: the edges come as b -> c, a -> c; nodes after the subgraph are red; the three others are refused as syntax errors.
# Who meets it: who brings a graph to JavaScript in DOT: where the order of edges is the order of operands, {a b} -> subtract
#   computes b - a. Write an edge a statement, and attributes at each node.
# Versions: graphlib-dot@0.6.4, @viz-js/viz@3.31.0 (Graphviz); Node 20. Needs node with npm and a package registry. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund graphlib-dot@0.6.4 @viz-js/viz@3.31.0
cat > "$place/probe.mjs" <<'PROBE'
import { instance } from "@viz-js/viz";
import graphlibDot from "graphlib-dot";

const viz = await instance();

function graphviz(text) {
  const { objects, edges } = viz.renderJSON(text, { engine: "dot" });
  const nodes = objects.filter((object) => !object.nodes).sort((one, other) => one._gvid - other._gvid);
  const name = (number) => objects[number].name;
  return [
    nodes.map((node) => `${node.name} ${node.color ?? "plain"}`),
    (edges ?? []).map((edge) => `${name(edge.tail)}>${name(edge.head)}`),
  ];
}

function graphlib(text) {
  const graph = graphlibDot.read(text);
  const nodes = graph.nodes().filter((node) => graph.children(node).length === 0);
  return [
    nodes.map((node) => `${node} ${graph.node(node).color ?? "plain"}`),
    graph.edges().map((edge) => `${edge.v}>${edge.w}`),
  ];
}

for (const text of [
  "digraph { {a b} -> c }",
  "digraph { a -> {b c d} }",
  "digraph { subgraph cluster_layer { node [color=red]; a } b }",
]) {
  console.log(text);
  for (const read of [graphviz, graphlib]) {
    const [nodes, edges] = read(text);
    console.log(`  ${read.name}: ${nodes.join(", ")}; edges ${edges.join(" ")}`);
  }
}
for (const text of ["# made by hand\ndigraph { a }", "digraph { σ -> L }", "digraph { a [x=1; y=2] }"]) {
  try {
    console.log(JSON.stringify(text), graphlibDot.read(text).nodes().join(" "));
  } catch (error) {
    console.log(JSON.stringify(text), error.message.split("but ").pop());
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph { {a b} -> c }
  graphviz: a plain, b plain, c plain; edges a>c b>c
  graphlib: a plain, b plain, c plain; edges b>c a>c
digraph { a -> {b c d} }
  graphviz: a plain, b plain, c plain, d plain; edges a>b a>c a>d
  graphlib: a plain, b plain, c plain, d plain; edges a>d a>c a>b
digraph { subgraph cluster_layer { node [color=red]; a } b }
  graphviz: a red, b plain; edges 
  graphlib: a red, b red; edges 
"# made by hand\ndigraph { a }" "#" found.
"digraph { σ -> L }" "\u03C3" found.
"digraph { a [x=1; y=2] }" ";" found.
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
