#!/usr/bin/env bash
# networkx lays the layers 0, 1, 10, 11, 2 of a graph read from a DOT file side by side in that order.
#
# Guess before running: multipartite_layout puts layers in the order of their numbers, also after writing the graph as DOT and reading it.
# Seen: layers of integers come in order. DOT has no numbers, so that they come back as text, and are put in the order of text: 10 and 11 lie between 1
#   and 2, and edges run to and fro. GraphML keeps integers. No warning.
# Who meets it: who draws a network of more than ten layers from a DOT file. Make them integers again before: for node in g: g.nodes[node]["layer"] =
#   int(g.nodes[node]["layer"]).
# Versions: networkx==3.6.1, pydot==4.0.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 pydot==4.0.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os
import sys

import networkx as nx

os.chdir(sys.argv[1])


def order(graph):
    places = nx.multipartite_layout(graph, subset_key="layer")
    return sorted(places, key=lambda node: places[node][0])


graph = nx.DiGraph((f"h{i}", f"h{i + 1}") for i in range(11))
nx.set_node_attributes(graph, {f"h{i}": i for i in range(12)}, "layer")
print("made:", *order(graph))
nx.write_graphml(graph, "layers.graphml")
print("by GraphML:", *order(nx.read_graphml("layers.graphml")))
nx.nx_pydot.write_dot(graph, "layers.dot")
print("by DOT:", *order(nx.DiGraph(nx.nx_pydot.read_dot("layers.dot"))))
PROBE
cat > "$place/expected" <<'EXPECTED'
made: h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 h10 h11
by GraphML: h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 h10 h11
by DOT: h0 h1 h10 h11 h2 h3 h4 h5 h6 h7 h8 h9
EXPECTED
"$place/venv/bin/python" -W ignore "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
