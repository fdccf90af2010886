#!/usr/bin/env bash
# networkx reads no node and no edge of a DOT file that stands in a cluster.
#
# Guess before running: from_pydot flattens clusters: the nodes and edges of subgraph cluster_layer1 are in
#   the graph, and only the grouping is lost. A port (a:out -> c:in0) becomes an attribute, or is dropped.
# Seen: what stands within the braces of a subgraph is missing, without a word: of a graph with two clusters
#   only the edges between them are left, and with them bare nodes. {rank=same; a; b} loses a and b, too.
#   a -> {b c} is read rightly. With ports the graph gains nodes called 'a:out' and 'c:in0' beside a and c,
#   and the edge joins those.
# Who meets it: who reads a network drawn by layers, as most tools group it, or one with ports: the result has
#   other nodes than the picture. pydot itself has them (get_subgraphs); collect them before from_pydot.
# Versions: networkx==3.6.1, pydot==4.0.1; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 pydot==4.0.1
cat > "$place/probe.py" <<'PROBE'
import networkx as nx
import pydot

TEXTS = {
    "two layers": """digraph {
        subgraph cluster_input { a [value=2]; b [value=-3]; }
        subgraph cluster_layer1 { e [op=mul]; d [op=add]; e -> d; }
        a -> e; b -> e;
    }""",
    "one rank": "digraph { {rank=same; a; b} c }",
    "set of ends": "digraph { a -> {b c} }",
    "ports": "digraph { a; c; a:out -> c:in0 }",
}
for name, text in TEXTS.items():
    graph = nx.nx_pydot.from_pydot(pydot.graph_from_dot_data(text)[0])
    print(f"{name}: nodes {sorted(graph.nodes(data=True))} edges {sorted(graph.edges)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
two layers: nodes [('a', {}), ('b', {}), ('e', {})] edges [('a', 'e', 0), ('b', 'e', 0)]
one rank: nodes [('c', {})] edges []
set of ends: nodes [('a', {}), ('b', {}), ('c', {})] edges [('a', 'b', 0), ('a', 'c', 0)]
ports: nodes [('a', {}), ('a:out', {}), ('c', {}), ('c:in0', {})] edges [('a:out', 'c:in0', 0)]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
