#!/usr/bin/env bash
# NetworKit writes a directed graph into DOT as an undirected one, into GML without its weights, and reads one of two edges between the same nodes.
#
# Guess before running: what a format has room for is written: directions and weights, in all digits; both edges of a square come back, or are refused.
# Seen: DOT says graph and --, whatever the graph is, and no weight. GML has no weight. GraphML keeps all. Of two edges from 0 to 1, which is how a * a is
#   drawn, GML, the list of edges and NetworKit's own binary format come back with one, and without a word. The list has six digits.
# Who meets it: who takes a computation graph there for its speed and saves it: arrows are gone, or one of two operands. Write GraphML.
# Versions: networkit==11.3, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkit==11.3 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os
import sys

import networkit as nk

os.chdir(sys.argv[1])
graph = nk.Graph(3, weighted=True, directed=True)
for source, target, weight in ((0, 1, 0.1 + 0.2), (0, 1, -2.5e-7), (1, 2, 0.0)):
    graph.addEdge(source, target, weight)


def told(one: nk.Graph) -> str:
    edges = ", ".join(f"{source}-{target}: {weight!r}" for source, target, weight in one.iterEdgesWeights())
    return f"{'directed' if one.isDirected() else 'undirected'}, {'weighted' if one.isWeighted() else 'no weights'}: {edges}"


print("made:", told(graph))
for name, form, options in (
    ("graph.graphml", nk.Format.GraphML, {}),
    ("graph.gml", nk.Format.GML, {}),
    ("graph.tsv", nk.Format.EdgeListTabZero, {"directed": True}),
    ("graph.nkb", nk.Format.NetworkitBinary, {}),
):
    nk.writeGraph(graph, name, form)
    print(name, "read back:", told(nk.readGraph(name, form, **options)))
nk.writeGraph(graph, "graph.dot", nk.Format.DOT)
print("graph.dot:", " ".join(open("graph.dot").read().split()))
PROBE
cat > "$place/expected" <<'EXPECTED'
made: directed, weighted: 0-1: 0.30000000000000004, 0-1: -2.5e-07, 1-2: 0.0
graph.graphml read back: directed, weighted: 0-1: 0.30000000000000004, 0-1: -2.5e-07, 1-2: 0.0
graph.gml read back: directed, no weights: 0-1: 1.0, 1-2: 1.0
graph.tsv read back: directed, weighted: 0-1: 0.3, 1-2: 0.0
graph.nkb read back: directed, weighted: 0-1: 0.30000000000000004, 1-2: 0.0
graph.dot: graph { 0 -- 1; 0 -- 1; 1 -- 2; }
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" | grep -v "^identified" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
