#!/usr/bin/env bash
# rustworkx refuses a GraphML file of networkx that holds a boolean: networkx writes True, rustworkx reads true alone.
#
# Guess before running: rustworkx, made as the fast networkx, reads what networkx.write_graphml writes; GraphML's boolean is
#   that of XML Schema, which has true, false, 1 and 0.
# Seen: networkx writes True and False. rustworkx refuses the whole file, without naming node or key; it refuses 1 and 0 too,
#   and reads true and false. networkx reads all three.
# Who meets it: who keeps flags at nodes (trained, frozen, muted) and moves a large graph to the faster library. Make the
#   flags lower case in the file first, or store them as whole numbers.
# Versions: rustworkx==0.18.1, networkx==3.6.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check rustworkx==0.18.1 networkx==3.6.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import sys
from pathlib import Path

import networkx as nx
import rustworkx as rx

graph = nx.DiGraph()
graph.add_node("w", value=0.5, trained=True)
graph.add_node("x", value=2.0, trained=False)
graph.add_edge("w", "x")
place = Path(sys.argv[0]).with_name("graph.graphml")
words = "\n".join(nx.generate_graphml(graph))


def told_by_rustworkx(text):
    place.write_text(text)
    try:
        (found,) = rx.read_graphml(str(place))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return [node["trained"] for node in found.nodes()]


for shown, true, false in (("True and False, as networkx writes", "True", "False"), ("true and false", "true", "false"), ("1 and 0", "1", "0")):
    text = words.replace(">True<", f">{true}<").replace(">False<", f">{false}<")
    print(f"{shown}:")
    print("  rustworkx", told_by_rustworkx(text))
    print("  networkx ", [nx.parse_graphml(text).nodes[name]["trained"] for name in "wx"])
PROBE
cat > "$place/expected" <<'EXPECTED'
True and False, as networkx writes:
  rustworkx Exception: Failed conversion to 'bool': provided string was not `true` or `false`
  networkx  [True, False]
true and false:
  rustworkx [True, False]
  networkx  [True, False]
1 and 0:
  rustworkx Exception: Failed conversion to 'bool': provided string was not `true` or `false`
  networkx  [True, False]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
