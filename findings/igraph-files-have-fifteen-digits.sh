#!/usr/bin/env bash
# igraph writes numbers with fifteen digits into GraphML and GML, and names that networkx cannot read.
#
# Guess before running: GraphML and GML keep a float as it is, as they do when networkx writes them (0.1 + 0.2
#   comes back as 0.30000000000000004), and a node called ∂L/∂a crosses from one library to the other.
# Seen: after igraph's own writing and reading 0.1 + 0.2 is 0.3 and no longer equal; 1/3 is off by 3e-16. A GML
#   file of igraph with the name ∂L/∂a is refused by networkx (input is not ASCII-encoded); the one networkx
#   writes is read by igraph with the name &#8706;L/&#8706;a and a warning. Whole numbers come back as floats,
#   so that a port 1 is 1.0.
# Who meets it: who passes a graph with values on by igraph: digits are lost, and a test for equality fails.
#   pickle keeps them; otherwise write numbers as text (repr), and plain names with GML.
# Versions: igraph==1.0.0, networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check igraph==1.0.0 networkx==3.6.1
cat > "$place/probe.py" <<'PROBE'
import sys
import warnings
from pathlib import Path

import igraph
import networkx as nx

warnings.simplefilter("ignore")
place = Path(sys.argv[1])
values = [0.1 + 0.2, 1 / 3]
graph = igraph.Graph(n=2, edges=[(0, 1)], directed=True)
graph.vs["name"] = ["a", "∂L/∂a"]
graph.vs["label"] = ["a", "∂L/∂a"]
graph.vs["value"] = values
graph.es["port"] = [1]
graph.write_graphml(str(place / "g.graphml"))
graph.write_gml(str(place / "g.gml"))
for back in (igraph.Graph.Read_GraphML(str(place / "g.graphml")), igraph.Graph.Read_GML(str(place / "g.gml"))):
    print(back.vs["value"], [one == other for one, other in zip(back.vs["value"], values)], back.es["port"])
try:
    print(nx.read_gml(place / "g.gml").nodes)
except nx.NetworkXError as error:
    print("networkx:", error)
theirs = nx.DiGraph()
theirs.add_node("a", value=values[0])
theirs.add_node("∂L/∂a", value=values[1])
nx.write_gml(theirs, place / "n.gml")
print("networkx reads its own:", dict(nx.read_gml(place / "n.gml").nodes(data="value")))
print("igraph reads it:", igraph.Graph.Read_GML(str(place / "n.gml")).vs["label"])
PROBE
cat > "$place/expected" <<'EXPECTED'
[0.3, 0.333333333333333] [False, False] [1.0]
[0.3, 0.333333333333333] [False, False] [1.0]
networkx: input is not ASCII-encoded
networkx reads its own: {'a': 0.30000000000000004, '∂L/∂a': 0.3333333333333333}
igraph reads it: ['a', '&#8706;L/&#8706;a']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
