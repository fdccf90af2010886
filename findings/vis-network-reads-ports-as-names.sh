#!/usr/bin/env bash
# vis-network reads a port as part of a node's name, labels only the last edge of a chain, and takes 1 and 1.0 for one node.
#
# Guess before running: parseDOTNetwork reads nodes, edges and their attributes as Graphviz does.
# Seen: a:out -> b:in makes nodes "a:out" and "b:in" beside the a that has the attributes, without an edge between a and b;
#   a -> b -> c [label="5"] labels b -> c alone; 1 -> 1.0 is an edge of one node to itself; NODE is a node, though DOT's words
#   may be written in capitals. No error is raised.
# Who meets it: who shows a graph on a page: a computational graph with ports falls apart, and a number in a chain is missing.
#   Write an edge a statement, no ports, and names that are no numbers. nodegraph writes its DOT with an edge a statement.
# Versions: vis-network@10.1.5, vis-data@8.0.4, @viz-js/viz@3.31.0 (Graphviz); Node 20. Needs node with npm and a package
#   registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund vis-network@10.1.5 vis-data@8.0.4 @viz-js/viz@3.31.0
cat > "$place/probe.mjs" <<'PROBE'
import { instance } from "@viz-js/viz";
import { parseDOTNetwork } from "vis-network/standalone";

const viz = await instance();

function graphviz(text) {
  const { objects, edges } = viz.renderJSON(text, { engine: "dot" });
  const name = (number) => objects[number].name;
  return [objects.map((node) => node.name), (edges ?? []).map((edge) => [name(edge.tail), name(edge.head), edge.label ?? ""])];
}

function visNetwork(text) {
  const { nodes, edges } = parseDOTNetwork(text);
  return [nodes.map((node) => String(node.id)), edges.map((edge) => [String(edge.from), String(edge.to), edge.label ?? ""])];
}

for (const text of [
  "digraph { a:out -> b:in; a [value=2] }",
  'digraph { a -> b -> c [label="5"] }',
  "digraph { 1 -> 1.0 }",
  'digraph { NODE [shape=box]; a -> b }',
]) {
  console.log(text);
  for (const read of [graphviz, visNetwork]) {
    const [nodes, edges] = read(text);
    console.log(`  ${read.name}: nodes ${nodes.join(" ")}; edges ${edges.map(([from, to, label]) => `${from}>${to} "${label}"`).join(", ")}`);
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph { a:out -> b:in; a [value=2] }
  graphviz: nodes a b; edges a>b ""
  visNetwork: nodes a:out b:in a; edges a:out>b:in ""
digraph { a -> b -> c [label="5"] }
  graphviz: nodes a b c; edges a>b "5", b>c "5"
  visNetwork: nodes a b c; edges a>b "", b>c "5"
digraph { 1 -> 1.0 }
  graphviz: nodes 1 1.0; edges 1>1.0 ""
  visNetwork: nodes 1; edges 1>1 ""
digraph { NODE [shape=box]; a -> b }
  graphviz: nodes a b; edges a>b ""
  visNetwork: nodes NODE a b; edges a>b ""
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
