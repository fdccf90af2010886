#!/usr/bin/env bash
# networkx finds no positions, sizes or colours in a GEXF file that graphology wrote, and a NaN is gone from it.
#
# Guess before running: both write GEXF 1.2, so what one writes the other reads; a NaN is written as NaN.
# Seen: graphology declares its namespace for looks as "http:///www.gexf.net/1.1draft/viz" (three slashes, and the draft
#   before); networkx looks for "http://www.gexf.net/1.2draft/viz", and leaves out what it does not know, without a word.
#   Attributes arrive (Infinity, too), but one that is NaN was not written. graphology reads its own file whole.
# Who meets it: who lays a graph out in a page (sigma, Gephi Lite) and goes on in Python: every node is back at no place.
#   Write positions as attributes of another name as well.
# Versions: graphology@0.26.0, graphology-gexf@0.13.2, networkx==3.6.1; Node 20. Needs node with npm, python3 with venv, a
#   package registry and index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund graphology@0.26.0 graphology-gexf@0.13.2
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/probe.mjs" <<'PROBE'
import { writeFileSync } from "node:fs";
import graphology from "graphology";
import gexf from "graphology-gexf";

const graph = new graphology.DirectedGraph();
graph.addNode("a", { label: "a", gradient: 15, x: 10, y: 20, size: 3, color: "#ff0000" });
graph.addNode("b", { label: "b", gradient: NaN, x: 30, y: 40 });
graph.addNode("c", { label: "c", gradient: Infinity, x: 50, y: 60 });
graph.addEdge("a", "b");
const text = gexf.write(graph);
writeFileSync(new URL("graph.gexf", import.meta.url), text);
console.log(text.match(/xmlns:viz="[^"]*"/)[0]);
gexf.parse(graphology.DirectedGraph, text).forEachNode((name, held) => console.log("graphology", name, held));
PROBE
cat > "$place/probe.py" <<'PROBE'
import sys

import networkx as nx

for name, held in nx.read_gexf(sys.argv[1]).nodes(data=True):
    print("networkx", name, held)
PROBE
cat > "$place/expected" <<'EXPECTED'
xmlns:viz="http:///www.gexf.net/1.1draft/viz"
graphology a {
  label: 'a',
  gradient: 15,
  color: 'rgb(255,0,0)',
  size: 3,
  x: 10,
  y: 20
}
graphology b { label: 'b', x: 30, y: 40 }
graphology c { label: 'c', gradient: Infinity, x: 50, y: 60 }
networkx a {'gradient': 15.0, 'label': 'a'}
networkx b {'label': 'b'}
networkx c {'gradient': inf, 'label': 'c'}
EXPECTED
node "$place/probe.mjs" > "$place/seen"
"$place/venv/bin/python" "$place/probe.py" "$place/graph.gexf" >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
