#!/usr/bin/env bash
# networkx loses an edge of weight 0 on the way through a matrix or a table, and two edges of 1 and -1 between the same nodes.
#
# Guess before running: from_numpy_array and from_pandas_adjacency give back the edges of the graph that to_numpy_array and to_pandas_adjacency were given;
#   of a multigraph, too, or it is refused.
# Seen: an edge of weight 0 is a 0 in the matrix, as no edge is, and does not come back. With nonedge=nan it stands apart, and from_numpy_array makes every
#   NaN an edge. Parallel edges are added up: 1 and -1 are no edge. By way of scipy the 0 is kept. igraph's Weighted_Adjacency drops it as well.
# Who meets it: who gives edges gradients or weights of a trained network: exactly the dead ones, 0, vanish, and degrees and depths change. Use
#   to_scipy_sparse_array or an edge list.
# Versions: networkx==3.6.1, numpy==2.4.6, scipy==1.17.1, pandas==3.1.1, igraph==1.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 igraph==1.0.0
cat > "$place/zeros.py" <<'PROBE'
import igraph
import networkx
import numpy

graph = networkx.DiGraph()
graph.add_edge("w", "m", weight=0.0)
graph.add_edge("x", "m", weight=2.0)
kind = networkx.DiGraph


def told(name, back):
    print(f"{name}: {back.number_of_edges()} edges of 2")


array = networkx.to_numpy_array(graph)
told("numpy", networkx.from_numpy_array(array, create_using=kind))
told("pandas", networkx.from_pandas_adjacency(networkx.to_pandas_adjacency(graph), create_using=kind))
told("scipy", networkx.from_scipy_sparse_array(networkx.to_scipy_sparse_array(graph), create_using=kind))
told("edge list", networkx.from_pandas_edgelist(networkx.to_pandas_edgelist(graph), edge_attr=True, create_using=kind))
apart = networkx.to_numpy_array(graph, nonedge=numpy.nan)
told("numpy with nonedge=nan", networkx.from_numpy_array(apart, create_using=kind))
print("igraph:", igraph.Graph.Weighted_Adjacency(array.tolist()).ecount(), "edges of 2")
parallel = networkx.MultiDiGraph()
parallel.add_edge("a", "m", weight=1.0)
parallel.add_edge("a", "m", weight=-1.0)
told("1 and -1 in parallel", networkx.from_numpy_array(networkx.to_numpy_array(parallel), create_using=networkx.MultiDiGraph))
PROBE
cat > "$place/expected" <<'EXPECTED'
numpy: 1 edges of 2
pandas: 1 edges of 2
scipy: 2 edges of 2
edge list: 2 edges of 2
numpy with nonedge=nan: 8 edges of 2
igraph: 1 edges of 2
1 and -1 in parallel: 0 edges of 2
EXPECTED
"$place/venv/bin/python" "$place/zeros.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
