#!/usr/bin/env bash
# graphviz2drawio draws nodes without their names, unless each has a label of its own in the DOT file.
#
# Guess before running: a node without a label shows its name, as Graphviz draws it, and edges keep their labels.
# Seen: of the nodes a, b and c, of which c alone has a label, draw.io shows two empty ellipses and c. With node [label="\N"], which says no more than
#   Graphviz' own default, all names are there. Edges, directions and positions arrive. Exit status 0, no warning.
# Who meets it: who takes a DOT file of a computational graph, or of networkx (which writes no labels), to draw.io: all nodes are empty. Write node
#   [label="\N"] at the top, or a label for each node; nodegraph's DOT does.
# Versions: graphviz2drawio==1.2.0, pygraphviz==2.0.4, whose wheel has a Graphviz of its own; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check graphviz2drawio==1.2.0 pygraphviz==2.0.4
cat > "$place/probe.py" <<'PROBE'
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

place = Path(sys.argv[1])
for words, line in (("no default", ""), ("the default of Graphviz", 'node [label="\\N"];')):
    (place / "g.dot").write_text(f'digraph {{ {line} c [label="c"]; a -> c; b -> c [label="x"]; }}')
    done = subprocess.run([place / "venv/bin/graphviz2drawio", place / "g.dot", "-o", place / "g.drawio"], capture_output=True)
    print(words, "- exit status", done.returncode)
    cells = ElementTree.parse(place / "g.drawio").iter("mxCell")
    for cell in cells:
        if cell.get("id", "").startswith("node"):
            print("  a node that shows", repr(re.sub("<[^>]*>", "", cell.get("value"))))
PROBE
cat > "$place/expected" <<'EXPECTED'
no default - exit status 0
  a node that shows 'c'
  a node that shows ''
  a node that shows ''
the default of Graphviz - exit status 0
  a node that shows 'c'
  a node that shows 'a'
  a node that shows 'b'
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
