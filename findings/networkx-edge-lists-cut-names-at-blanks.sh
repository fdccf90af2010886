#!/usr/bin/env bash
# networkx writes an edge from "layer 1" to "layer 2" into an edge list and reads one from layer to 1; one from w#1 to y does not come back at all.
#
# Guess before running: names that a list of edges cannot hold are quoted, or refused on writing; what comes back has the same edges.
# Seen: names are written as they stand. Without data, read_edgelist takes the first two words of a line for the edge, so that layer 1, layer 2 and layer 3
#   become layer, with one edge to 1 and one to 2; in an adjacency list there are more edges than before. A # begins a remark, with which the edge goes, or
#   the rest of the name. With data or weights an error about the data is raised on reading, where there is a blank; a # is silent there, too. write_pajek
#   quotes names and keeps both.
# Who meets it: who keeps a network of layers or tensors with such names, as people write them, in the plainest of files. Pass delimiter="\t" to
#   both, and comments=None to the reader, or write GraphML.
# Versions: networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/probe.py" <<'PROBE'
import io

import networkx as nx

DIRECTED = {"create_using": nx.DiGraph}


def through(graph, write, read):
    kept = io.BytesIO()
    write(graph, kept)
    kept.seek(0)
    return sorted(read(kept).edges())


WAYS = {
    "edges without data": (lambda g, f: nx.write_edgelist(g, f, data=False), lambda f: nx.read_edgelist(f, data=False, **DIRECTED)),
    "edges with data": (nx.write_edgelist, lambda f: nx.read_edgelist(f, **DIRECTED)),
    "weighted edges": (nx.write_weighted_edgelist, lambda f: nx.read_weighted_edgelist(f, **DIRECTED)),
    "adjacency": (nx.write_adjlist, lambda f: nx.read_adjlist(f, **DIRECTED)),
    "Pajek": (nx.write_pajek, lambda f: nx.DiGraph(nx.read_pajek(f))),
    "edges parted by tabs": (
        lambda g, f: nx.write_edgelist(g, f, data=False, delimiter="\t"),
        lambda f: nx.read_edgelist(f, data=False, delimiter="\t", comments=None, **DIRECTED),
    ),
}
for edges in ([("layer 1", "layer 2"), ("layer 2", "layer 3")], [("w#1", "y"), ("b", "y")], [("y", "w#1"), ("b", "y")]):
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((*edge, 0.5) for edge in edges)
    print(edges)
    for name, (write, read) in WAYS.items():
        try:
            print("  ", name, through(graph, write, read))
        except (TypeError, IndexError) as refused:
            print("  ", name, type(refused).__name__)
PROBE
cat > "$place/expected" <<'EXPECTED'
[('layer 1', 'layer 2'), ('layer 2', 'layer 3')]
   edges without data [('layer', '1'), ('layer', '2')]
   edges with data TypeError
   weighted edges IndexError
   adjacency [('layer', '1'), ('layer', '2'), ('layer', '3'), ('layer', 'layer')]
   Pajek [('layer 1', 'layer 2'), ('layer 2', 'layer 3')]
   edges parted by tabs [('layer 1', 'layer 2'), ('layer 2', 'layer 3')]
[('w#1', 'y'), ('b', 'y')]
   edges without data [('b', 'y')]
   edges with data [('b', 'y')]
   weighted edges [('b', 'y')]
   adjacency [('b', 'y')]
   Pajek [('b', 'y'), ('w#1', 'y')]
   edges parted by tabs [('b', 'y'), ('w#1', 'y')]
[('y', 'w#1'), ('b', 'y')]
   edges without data [('b', 'y'), ('y', 'w')]
   edges with data [('b', 'y'), ('y', 'w')]
   weighted edges [('b', 'y'), ('y', 'w')]
   adjacency [('b', 'y'), ('y', 'w')]
   Pajek [('b', 'y'), ('y', 'w#1')]
   edges parted by tabs [('b', 'y'), ('y', 'w#1')]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
