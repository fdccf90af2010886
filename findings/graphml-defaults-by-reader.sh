#!/usr/bin/env bash
# The default of a GraphML key is text to graphology and nothing at all to networkx; INF is NaN to graphology.
#
# Guess before running: a node without a value of its own has the key's default, and what a key of type double holds is a
#   number; INF is Infinity.
# Seen: where a key of type double has the default 7, a node without a value has the text "7" in graphology, so that
#   7 + 1 is "71", and None in networkx, which keeps defaults in graph.graph["node_default"] alone. INF is NaN in
#   graphology, inf in networkx.
# Who meets it: who brings a graph of yEd or a database to a page or to Python: sums become text, or a value is missing, where
#   the file leaves out what is usual; and an infinite gradient is not a number.
# Versions: graphology@0.26.0, graphology-graphml@0.5.2, networkx==3.6.1; Node 20. Needs node with npm, python3 with venv,
#   a package registry and index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund graphology@0.26.0 graphology-graphml@0.5.2
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/graph.graphml" <<'GRAPHML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="value" attr.type="double"><default>7</default></key>
  <graph edgedefault="directed">
    <node id="a"><data key="d0">2.5</data></node>
    <node id="b"/>
    <node id="c"><data key="d0">INF</data></node>
  </graph>
</graphml>
GRAPHML
cat > "$place/probe.mjs" <<'PROBE'
import { readFileSync } from "node:fs";
import graphology from "graphology";
import graphml from "graphology-graphml";

const text = readFileSync(new URL("graph.graphml", import.meta.url), "utf8");
const graph = graphml.parse(graphology.DirectedGraph, text);
graph.forEachNode((name, { value }) => console.log("graphology", name, typeof value, value, "plus 1 is", value + 1));
PROBE
cat > "$place/probe.py" <<'PROBE'
import sys

import networkx as nx

graph = nx.read_graphml(sys.argv[1])
for name, value in graph.nodes(data="value"):
    print("networkx", name, type(value).__name__, value)
print("networkx keeps", graph.graph["node_default"])
PROBE
cat > "$place/expected" <<'EXPECTED'
graphology a number 2.5 plus 1 is 3.5
graphology b string 7 plus 1 is 71
graphology c number NaN plus 1 is NaN
networkx a float 2.5
networkx b NoneType None
networkx c float inf
networkx keeps {'value': 7.0}
EXPECTED
node "$place/probe.mjs" > "$place/seen"
"$place/venv/bin/python" "$place/probe.py" "$place/graph.graphml" >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
