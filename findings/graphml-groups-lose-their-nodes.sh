#!/usr/bin/env bash
# networkx and igraph read no node inside a group of a GraphML file, unless an edge from outside leads there, and then without its value; rustworkx refuses the file.
#
# Guess before running: a node that holds a graph of its own, as GraphML has it for groups, comes with what is in it; what is left out is told.
# Seen: of a group g with nodes a and b both read g alone. An edge from outside to a makes a node a without the value that the file gives it (NaN in igraph); b
#   and the edge inside are gone, and so are the ports of the edge. networkx flattens groups where yEd's own attribute marks them, igraph not even then.
# Who meets it: who exchanges a network with groups (layers, functions, modules): it arrives with half of its nodes, and no word of it. Write groups as an
#   attribute of flat nodes.
# Versions: networkx==3.6.1, igraph==1.0.0, rustworkx==0.18.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1 numpy==2.4.6
cat > "$place/nest.py" <<'PROBE'
import tempfile
from pathlib import Path

import igraph
import networkx
import rustworkx

FLAT = '<node id="{name}"><data key="v">{value}</data></node>'
INNER = FLAT.format(name="a", value=3) + FLAT.format(name="b", value=4) + '<edge source="a" target="b"/>'
GROUP = '<node id="g"{mark}><data key="v">2</data><graph id="inner" edgedefault="directed">{inner}</graph></node>'
OUTER = '<edge source="x" target="a" sourceport="out" targetport="left"/>'


def file(*parts):
    path = Path(tempfile.mkdtemp(), "net.graphml")
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="v" for="node" attr.name="v" attr.type="double"/><graph id="G" edgedefault="directed">'
        + FLAT.format(name="x", value=1) + "".join(parts) + "</graph></graphml>"
    )  # fmt: skip
    return path


def by_networkx(path):
    graph = networkx.read_graphml(path)
    return dict(graph.nodes(data="v")), list(graph.edges(data=True))


def by_igraph(path):
    graph = igraph.Graph.Read_GraphML(str(path))
    return dict(zip(graph.vs["id"], graph.vs["v"])), [(edge.source_vertex["id"], edge.target_vertex["id"], edge.attributes()) for edge in graph.es]


def by_rustworkx(path):
    try:
        return [(graph.nodes(), graph.edge_list()) for graph in rustworkx.read_graphml(str(path))]
    except Exception as error:
        return f"refuses: {type(error).__name__}"


marked = GROUP.format(mark=' yfiles.foldertype="group"', inner=INNER)
for name, path in {
    "a group": file(GROUP.format(mark="", inner=INNER)),
    "a group and an edge into it": file(GROUP.format(mark="", inner=INNER), OUTER),
    "a group marked as yEd marks it": file(marked, OUTER),
}.items():
    for reader in (by_networkx, by_igraph, by_rustworkx):
        print(f"{name}, {reader.__name__}:", reader(path))
PROBE
cat > "$place/expected" <<'EXPECTED'
a group, by_networkx: ({'x': 1.0, 'g': 2.0}, [])
a group, by_igraph: ({'x': 1.0, 'g': 2.0}, [])
a group, by_rustworkx: refuses: Exception
a group and an edge into it, by_networkx: ({'x': 1.0, 'g': 2.0, 'a': None}, [('x', 'a', {})])
a group and an edge into it, by_igraph: ({'x': 1.0, 'g': 2.0, 'a': nan}, [('x', 'a', {})])
a group and an edge into it, by_rustworkx: refuses: Exception
a group marked as yEd marks it, by_networkx: ({'x': 1.0, 'g': 2.0, 'a': 3.0, 'b': 4.0}, [('x', 'a', {}), ('a', 'b', {})])
a group marked as yEd marks it, by_igraph: ({'x': 1.0, 'g': 2.0, 'a': nan}, [('x', 'a', {})])
a group marked as yEd marks it, by_rustworkx: refuses: Exception
EXPECTED
"$place/venv/bin/python" "$place/nest.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
