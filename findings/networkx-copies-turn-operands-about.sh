#!/usr/bin/env bash
# In networkx a copy of a graph, or the graph read back from a file, tells the predecessors of a node in another order: b − a becomes a − b.
#
# Guess before running: predecessors(d) gives b, a after the edges b → d and a → d were added in that order, and so do G.copy(), nx.DiGraph(G), a
#   subgraph, compose, node-link data, GraphML, and a graph whose nodes were renamed.
# Seen: the graph that was made says b, a; copy(), DiGraph(G), subgraph().copy(), reverse() twice, compose, node-link and GraphML all say a, b, as they
#   add edges by the order in which the first ends were made; copy.deepcopy alone keeps b, a. Renaming a node in place moves it behind the others. Of
#   other libraries igraph gives the numbers in rising order, rustworkx 0.18 the last edge first, networkit the order of adding.
# Who meets it: who keeps the operands of − or ÷ as the order of edges of a networkx graph, and copies or saves that graph. Write the place of an
#   operand on the edge, as nodegraph does.
# Versions: networkx==3.6.1, igraph==1.0.0, rustworkx==0.18.1, networkit==11.3; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1 networkit==11.3
cat > "$place/probe.py" <<'PROBE'
import copy
import io

import igraph
import networkit
import networkx as nx
import rustworkx as rx

G = nx.DiGraph()
G.add_nodes_from("abd")
G.add_edge("b", "d")  # d = b - a
G.add_edge("a", "d")
saved = io.BytesIO()
nx.write_graphml(G, saved)
saved.seek(0)
late = nx.DiGraph([("b", "d"), ("a", "d")])
for way, graph in (
    ("as made", G),
    ("copy.deepcopy(G)", copy.deepcopy(G)),
    ("G.copy()", G.copy()),
    ("nx.DiGraph(G)", nx.DiGraph(G)),
    ("G.subgraph(G).copy()", G.subgraph(G).copy()),
    ("G.reverse().reverse()", G.reverse().reverse()),
    ("nx.compose(G, empty)", nx.compose(G, nx.DiGraph())),
    ("node-link data", nx.node_link_graph(nx.node_link_data(G))),
    ("GraphML", nx.read_graphml(saved)),
):
    print(f"{way}: {' - '.join(graph.predecessors('d'))}")
print(f"made as b - a, b renamed x in place: {' - '.join(nx.relabel_nodes(late, {'b': 'x'}, copy=False).predecessors('d'))}")

names = "abd"
R = rx.PyDiGraph()
R.add_nodes_from(names)
I = igraph.Graph(3, directed=True)
K = networkit.Graph(3, directed=True)
for source in (1, 0):
    R.add_edge(source, 2, None)
    I.add_edges([(source, 2)])
    K.addEdge(source, 2)
print("rustworkx:", " - ".join(R.predecessors(2)))
print("igraph:", " - ".join(names[n] for n in I.predecessors(2)))
print("networkit:", " - ".join(names[n] for n in K.iterInNeighbors(2)))
PROBE
cat > "$place/expected" <<'EXPECTED'
as made: b - a
copy.deepcopy(G): b - a
G.copy(): a - b
nx.DiGraph(G): a - b
G.subgraph(G).copy(): a - b
G.reverse().reverse(): a - b
nx.compose(G, empty): a - b
node-link data: a - b
GraphML: a - b
made as b - a, b renamed x in place: a - x
rustworkx: a - b
igraph: a - b
networkit: b - a
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
