#!/usr/bin/env bash
# networkx reads GraphML of rustworkx with the names of edges' data on its nodes, so that a value is called weight; GraphML of NetworKit it does not read at all.
#
# Guess before running: GraphML is what all three read and write, so that data of nodes and edges arrive under their own names.
# Seen: rustworkx numbers the data of nodes and those of edges each from d1 on. networkx keeps one list of both, in which the last of one number wins: the value
#   1.5 of each node is called weight, or label and is text, or stops the reading where the edges' d1 is a whole number. rustworkx reads its own files. NetworKit
#   writes xmlnsi= for xmlns=, so that its file is in no namespace, and networkx finds no graph in it.
# Who meets it: who moves a graph between them: values are gone without a word, under the name of something else. Give edges no data, or take node-link JSON.
#   nodegraph tells the keys apart and reads both.
# Versions: rustworkx==0.18.1, networkit==11.3, networkx==3.6.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check rustworkx==0.18.1 networkit==11.3 networkx==3.6.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os
import sys

import networkit
import networkx
import rustworkx

os.chdir(sys.argv[1])


def read(name: str) -> str:
    try:
        graph = networkx.read_graphml(name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"{list(graph.nodes(data=True))} {list(graph.edges(data=True))}"


for value, text in (({"value": 1.5}, {"weight": 3.5}), ({"value": 1.5}, {"label": "feeds"}), ({"op": "input"}, {"port": 0})):
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from([value, value])
    graph.add_edge(0, 1, text)
    rustworkx.write_graphml(graph, "rustworkx.graphml")
    print("nodes with", value, "and an edge with", text)
    print("  by networkx:", read("rustworkx.graphml"))
    again = rustworkx.read_graphml("rustworkx.graphml")[0]
    print("  by rustworkx:", again.nodes()[0], again.edges())
graph = networkit.Graph(2, weighted=True, directed=True)
graph.addEdge(0, 1, 2.5)
networkit.writeGraph(graph, "networkit.graphml", networkit.Format.GraphML)
print("of networkit, by networkx:", read("networkit.graphml"))
print("its namespace:", next(word for word in open("networkit.graphml").read().split() if word.startswith("xmlns")))
PROBE
cat > "$place/expected" <<'EXPECTED'
nodes with {'value': 1.5} and an edge with {'weight': 3.5}
  by networkx: [('n0', {'weight': 1.5}), ('n1', {'weight': 1.5})] [('n0', 'n1', {'weight': 3.5})]
  by rustworkx: {'value': 1.5, 'id': 'n0'} [{'weight': 3.5}]
nodes with {'value': 1.5} and an edge with {'label': 'feeds'}
  by networkx: [('n0', {'label': '1.5'}), ('n1', {'label': '1.5'})] [('n0', 'n1', {'label': 'feeds'})]
  by rustworkx: {'value': 1.5, 'id': 'n0'} [{'label': 'feeds'}]
nodes with {'op': 'input'} and an edge with {'port': 0}
  by networkx: ValueError: invalid literal for int() with base 10: 'input'
  by rustworkx: {'op': 'input', 'id': 'n0'} [{'port': 0}]
of networkit, by networkx: NetworkXError: file not successfully read as graphml
its namespace: xmlnsi="http://graphml.graphdrawing.org/xmlns"
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
