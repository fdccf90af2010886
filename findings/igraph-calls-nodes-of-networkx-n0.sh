#!/usr/bin/env bash
# A graph that goes from networkx through igraph into a file has nodes n0, n1, n2, and one made in igraph comes to networkx as 0, 1, 2.
#
# Guess before running: names stay names: igraph.Graph.from_networkx puts them into the attribute name, by which igraph finds vertices and writes its
#   files, and to_networkx takes that for the nodes.
# Seen: from_networkx puts them into _nx_name, so that vs.find("w") is an error and GraphML has ids n0, n1, n2; to_networkx takes _nx_name alone. A graph
#   made by TupleList, whose vertices have a name, comes to networkx with whole numbers for nodes. In between _igraph_index is added to every node and
#   edge.
# Who meets it: who lets igraph find communities or a layout for a graph of networkx: names are lost in the file, or nodes are numbers where the next step
#   looks for names. Set vs["name"] = vs["_nx_name"].
# Versions: networkx==3.6.1, igraph==1.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0
cat > "$place/names.py" <<'PROBE'
import os
import tempfile

import igraph
import networkx

os.chdir(tempfile.mkdtemp())
graph = networkx.DiGraph([("w", "m"), ("x", "m")])
converted = igraph.Graph.from_networkx(graph)
print("attributes of vertices:", converted.vs.attributes())
try:
    converted.vs.find(name="w")
except ValueError as error:
    print("find:", error)
converted.write_graphml("graph.graphml")
print("from GraphML:", sorted(networkx.read_graphml("graph.graphml")))
print("back in networkx:", sorted(converted.to_networkx()), dict(converted.to_networkx().nodes["w"]))
made = igraph.Graph.TupleList([("w", "m"), ("x", "m")], directed=True)
print("made in igraph", made.vs["name"], "comes as", sorted(made.to_networkx()))
PROBE
cat > "$place/expected" <<'EXPECTED'
attributes of vertices: ['_nx_name']
find: no such vertex: 'w'
from GraphML: ['n0', 'n1', 'n2']
back in networkx: ['m', 'w', 'x'] {'_igraph_index': 0}
made in igraph ['w', 'm', 'x'] comes as [0, 1, 2]
EXPECTED
"$place/venv/bin/python" "$place/names.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
