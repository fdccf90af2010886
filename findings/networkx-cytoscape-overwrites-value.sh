#!/usr/bin/env bash
# networkx.cytoscape_data writes the node's name over its attribute `value`.
#
# Guess before running: a node's attributes come back from cytoscape_data and cytoscape_graph as they
#   were; the format needs `id`, and may take that one.
# Seen: the attribute `value`, 2.0 for the node a, is 'a' afterwards, also in the graph that is read
#   back; an attribute `grad` is kept. Nothing warns. An edge keeps its `value`.
# Who meets it: who writes a computational graph, whose nodes have a value, to Cytoscape: every number is
#   replaced by a name. An export of ours must call the attribute otherwise (`data_value`, `number`), or
#   be written without this function.
# Versions: networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/probe.py" <<'PROBE'
import networkx as nx

graph = nx.MultiDiGraph()
graph.add_node("a", value=2.0, grad=15.0)
graph.add_node("e", value=6.0, grad=5.0)
graph.add_edge("a", "e", value=3.0)
data = nx.cytoscape_data(graph)
print("written", data["elements"]["nodes"])
print("edge", data["elements"]["edges"])
print("read", dict(nx.cytoscape_graph(data).nodes(data=True)))
PROBE
cat > "$place/expected" <<'EXPECTED'
written [{'data': {'value': 'a', 'grad': 15.0, 'id': 'a', 'name': 'a'}}, {'data': {'value': 'e', 'grad': 5.0, 'id': 'e', 'name': 'e'}}]
edge [{'data': {'value': 3.0, 'source': 'a', 'target': 'e', 'key': 0}}]
read {'a': {'value': 'a', 'grad': 15.0, 'id': 'a', 'name': 'a'}, 'e': {'value': 'e', 'grad': 5.0, 'id': 'e', 'name': 'e'}}
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
