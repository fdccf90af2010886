#!/usr/bin/env bash
# networkx.dag_longest_path goes by weight where its other paths count edges, so that the depth of a network comes out too small.
#
# Guess before running: dag_longest_path gives the chain with the most edges, as shortest_path counts edges unless a weight is asked for.
# Seen: its default is weight="weight". Where x, h, y, L are a chain with weights -2, -1 and 1, and x leads to y with 0.5, the longest path is x, y, L, and
#   its length 1.5; with weight=None it is the chain, of length 3. shortest_path and topological_generations count edges all along.
# Who meets it: who keeps the weights of a network on its edges under the usual name and asks for its depth or its critical path. Pass weight=None.
# Versions: networkx==3.6.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 numpy==2.4.6
cat > "$place/lp.py" <<'PROBE'
import networkx

graph = networkx.DiGraph()
graph.add_weighted_edges_from([("x", "h", -2.0), ("h", "y", -1.0), ("y", "L", 1.0), ("x", "y", 0.5)])
print("longest path:", networkx.dag_longest_path(graph), "length", networkx.dag_longest_path_length(graph))
print("longest path, weight=None:", networkx.dag_longest_path(graph, weight=None), "length", networkx.dag_longest_path_length(graph, weight=None))
print("shortest path from x to L:", networkx.shortest_path(graph, "x", "L"), "length", networkx.shortest_path_length(graph, "x", "L"))
print("generations:", len(list(networkx.topological_generations(graph))))
PROBE
cat > "$place/expected" <<'EXPECTED'
longest path: ['x', 'y', 'L'] length 1.5
longest path, weight=None: ['x', 'h', 'y', 'L'] length 3
shortest path from x to L: ['x', 'y', 'L'] length 2
generations: 4
EXPECTED
"$place/venv/bin/python" "$place/lp.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
