#!/usr/bin/env bash
# pyvis changes the graph that it draws: weights become widths, sizes whole numbers; and it draws no arrows of a directed graph.
#
# Guess before running: Network().from_nx(graph) draws a graph of networkx and leaves it as it was; a DiGraph keeps its arrows.
# Seen: in the graph given, weight is renamed to width for each edge, a size of 2.7 is 2, and nodes without a size get 10. A shortest path by weight counts
#   edges from then on. The picture has no arrows unless Network(directed=True) is said, and of a -> b and b -> a the second is gone.
# Who meets it: who draws a network in a notebook and computes on: other results without an error, once the cell with the drawing was run. Pass graph.copy(),
#   and directed=True.
# Versions: pyvis==0.3.2, networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyvis==0.3.2 networkx==3.6.1
cat > "$place/pv.py" <<'PROBE'
import networkx
from pyvis.network import Network

graph = networkx.DiGraph()
graph.add_node("a", size=2.7)
graph.add_weighted_edges_from([("a", "b", 5.0), ("b", "a", 0.5), ("a", "c", 1.0), ("c", "b", 1.0)])
print("before:", dict(graph.nodes(data=True)), list(graph.edges(data=True)))
print("way from a to b by weight:", networkx.shortest_path(graph, "a", "b", weight="weight"))
picture = Network()
picture.from_nx(graph)
print("after:", dict(graph.nodes(data=True)), list(graph.edges(data=True)))
print("way from a to b by weight:", networkx.shortest_path(graph, "a", "b", weight="weight"))
print("drawn:", [(edge["from"], edge["to"], edge["width"], edge.get("arrows", "no arrow")) for edge in picture.edges])
PROBE
cat > "$place/expected" <<'EXPECTED'
before: {'a': {'size': 2.7}, 'b': {}, 'c': {}} [('a', 'b', {'weight': 5.0}), ('a', 'c', {'weight': 1.0}), ('b', 'a', {'weight': 0.5}), ('c', 'b', {'weight': 1.0})]
way from a to b by weight: ['a', 'c', 'b']
after: {'a': {'size': 2}, 'b': {'size': 10}, 'c': {'size': 10}} [('a', 'b', {'width': 5.0}), ('a', 'c', {'width': 1.0}), ('b', 'a', {'width': 0.5}), ('c', 'b', {'width': 1.0})]
way from a to b by weight: ['a', 'b']
drawn: [('a', 'b', 5.0, 'no arrow'), ('a', 'c', 1.0, 'no arrow'), ('c', 'b', 1.0, 'no arrow')]
EXPECTED
"$place/venv/bin/python" "$place/pv.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
