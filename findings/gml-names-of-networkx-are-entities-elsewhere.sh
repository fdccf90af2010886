#!/usr/bin/env bash
# networkx writes names beyond ASCII into GML as numbered entities, which igraph and Tulip show as they stand.
#
# Guess before running: GML is a format that all three read and write, so a node called ∂L/∂a arrives as ∂L/∂a.
# Seen: networkx writes "&#8706;L/&#8706;a" and reads its own file back right; igraph (which warns of unknown entities) and Tulip call the node
#   &#8706;L/&#8706;a, and é &#233;; "a & b" becomes "a &#38; b" in both. Ends and numbers of nodes and edges are right.
# Who meets it: who takes a graph with names such as ∂L/∂a, x₁ or é from networkx to igraph, Tulip or what is built on them. Write GraphML, which holds
#   names as they are; nodegraph writes that.
# Versions: networkx==3.6.1, igraph==1.0.0, tulip-python==6.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 tulip-python==6.0.0
cat > "$place/probe.py" <<'PROBE'
import sys
import warnings

import igraph
import networkx
from tulip import tlp

warnings.simplefilter("ignore")
names = ["∂L/∂a", "x₁", "é", "a & b"]
graph = networkx.DiGraph()
graph.add_nodes_from(names)
file = sys.argv[1]
networkx.write_gml(graph, file)
print("written ", names)
print("networkx", list(networkx.read_gml(file)))
print("igraph  ", igraph.Graph.Read_GML(file).vs["label"])
parameters = tlp.getDefaultPluginParameters("GML")
parameters["file::filename" if "file::filename" in parameters else "filename"] = file
read = tlp.importGraph("GML", parameters)
print("Tulip   ", [read["viewLabel"][node] for node in read.getNodes()])
PROBE
cat > "$place/expected" <<'EXPECTED'
written  ['∂L/∂a', 'x₁', 'é', 'a & b']
networkx ['∂L/∂a', 'x₁', 'é', 'a & b']
igraph   ['&#8706;L/&#8706;a', 'x&#8321;', '&#233;', 'a &#38; b']
Tulip    ['&#8706;L/&#8706;a', 'x&#8321;', '&#233;', 'a &#38; b']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/names.gml" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
