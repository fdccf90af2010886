#!/usr/bin/env bash
# igraph refuses a GraphML file in which networkx wrote 1 for one node's value and 2.5 for another's.
#
# Guess before running: igraph reads what networkx.write_graphml writes; where the values under one name are of different kinds, as whole numbers and
#   others are in Python, they come as numbers, or as text.
# Seen: networkx writes two keys with one attr.name, v as long and v as double, and reads them back itself. igraph refuses the whole file: "Duplicate
#   attribute name found". It is so for 1 beside 2.5, beside True and beside text, and also for a Python float beside a float32 of numpy. One kind alone is
#   read.
# Who meets it: who computes node values in Python and takes the graph to igraph or R for layout or communities: 0 beside 0.5 is enough, and the message
#   names a key and no node. Make every value of a name a float before writing.
# Versions: networkx==3.6.1, igraph==1.0.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 numpy==2.4.6
cat > "$place/kinds.py" <<'PROBE'
import os
import tempfile

import igraph
import networkx
import numpy

path = os.path.join(tempfile.mkdtemp(), "graph.graphml")
for first, second in ((1.0, 2.5), (1, 2.5), (1, True), (1, "one"), (1.0, numpy.float32(2.5))):
    graph = networkx.DiGraph()
    graph.add_node("a", v=first)
    graph.add_node("b", v=second)
    networkx.write_graphml(graph, path)
    back = networkx.read_graphml(path).nodes
    print(f"{first!r} and {second!r}: networkx reads {back['a']['v']!r} and {back['b']['v']!r}, igraph", end=" ")
    try:
        print(igraph.Graph.Read_GraphML(path).vs["v"])
    except igraph.InternalError as error:
        print("refuses:", str(error).split(": ", 1)[1].split(". --")[0])
PROBE
cat > "$place/expected" <<'EXPECTED'
1.0 and 2.5: networkx reads 1.0 and 2.5, igraph [1.0, 2.5]
1 and 2.5: networkx reads 1 and 2.5, igraph refuses: Duplicate attribute name found: 'v' (for <key id='d0'>)
1 and True: networkx reads 1 and True, igraph refuses: Duplicate attribute name found: 'v' (for <key id='d0'>)
1 and 'one': networkx reads 1 and 'one', igraph refuses: Duplicate attribute name found: 'v' (for <key id='d0'>)
1.0 and np.float32(2.5): networkx reads 1.0 and 2.5, igraph refuses: Duplicate attribute name found: 'v' (for <key id='d0'>)
EXPECTED
"$place/venv/bin/python" "$place/kinds.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
