#!/usr/bin/env bash
# networkx writes a GEXF file that networkx cannot read, where one node's value is whole and another's is
#   not.
#
# Guess before running: write_gexf and read_gexf are each other's inverse for numbers: 2 and 2.5 come
#   back, at worst both as floats. GraphML by the same library does so.
# Seen: the attribute's type is that of the first node (long), and 2.5 is written beneath it; read_gexf
#   then stops with ValueError. With the nodes in the other order both are read, 2 as 2.0.
# Who meets it: who exports values as Python has them, 2 here and 2.5 there, to Gephi: networkx refuses
#   its own file. An export of ours has to make every number a float first.
# Versions: networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/probe.py" <<'PROBE'
import io

import networkx as nx


def there_and_back(write, read, *values):
    graph, file = nx.DiGraph(), io.BytesIO()
    for name, value in zip("ab", values):
        graph.add_node(name, value=value)
    write(graph, file)
    file.seek(0)
    try:
        return [value for _, value in read(file).nodes(data="value")]
    except ValueError as error:
        return f"ValueError: {error}"


for values in ((2, 2.5), (2.5, 2), (2.0, 2.5)):
    print("GEXF", values, there_and_back(nx.write_gexf, nx.read_gexf, *values))
print("GraphML", (2, 2.5), there_and_back(nx.write_graphml, nx.read_graphml, 2, 2.5))
PROBE
cat > "$place/expected" <<'EXPECTED'
GEXF (2, 2.5) ValueError: invalid literal for int() with base 10: '2.5'
GEXF (2.5, 2) [2.5, 2.0]
GEXF (2.0, 2.5) [2.0, 2.5]
GraphML (2, 2.5) [2, 2.5]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
