#!/usr/bin/env bash
# A GML file in which networkx wrote 1e-300 cannot be read by igraph, and whole numbers from 2,147,483,648 on come back as text.
#
# Guess before running: GML is what both read and write: numbers are written so that the other side reads them, and a whole number comes back as one,
#   at least where networkx reads what it wrote.
# Seen: networkx writes 1e-300 as 1.E-300, since GML asks for a point in a real number; igraph asks for a digit after it and stops with a parse
#   error at that line. 0.1, NaN and +INF arrive. A whole number beyond 32 bits is written between quotes and comes back as text to both, so that a
#   seed or a count of bytes is "4294967296" and no sum can be made with it.
# Who meets it: who hands values or gradients to igraph through GML: a file is fine until one number is a power of ten.
# Versions: networkx==3.6.1, igraph==1.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0
cat > "$place/gml_values.py" <<'PROBE'
import tempfile
from pathlib import Path

import igraph
import networkx

path = Path(tempfile.mkdtemp(), "graph.gml")
for value in [0.1, 1.5e-300, 1e-300, 1e-06, float("nan"), float("inf"), 2**31 - 1, 2**31]:
    graph = networkx.DiGraph()
    graph.add_node("loss", value=value)
    networkx.write_gml(graph, path)
    line = next(line.strip() for line in path.read_text().split("\n") if "value" in line)
    back = networkx.read_gml(path).nodes["loss"]["value"]
    try:
        other = repr(igraph.Graph.Read_GML(str(path)).vs["value"][0])
    except igraph.InternalError as error:
        other = "an error: " + str(error).rpartition("(")[2].partition(",")[0]
    print(repr(value), "is written as", line, "and read by networkx as", repr(back), "by igraph as", other)
PROBE
cat > "$place/expected" <<'EXPECTED'
0.1 is written as value 0.1 and read by networkx as 0.1 by igraph as 0.1
1.5e-300 is written as value 1.5E-300 and read by networkx as 1.5e-300 by igraph as 1.5e-300
1e-300 is written as value 1.E-300 and read by networkx as 1e-300 by igraph as an error: syntax error
1e-06 is written as value 1.E-06 and read by networkx as 1e-06 by igraph as an error: syntax error
nan is written as value NAN and read by networkx as nan by igraph as nan
inf is written as value +INF and read by networkx as inf by igraph as inf
2147483647 is written as value 2147483647 and read by networkx as 2147483647 by igraph as 2147483647.0
2147483648 is written as value "2147483648" and read by networkx as '2147483648' by igraph as '2147483648'
EXPECTED
"$place/venv/bin/python" "$place/gml_values.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
