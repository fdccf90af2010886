#!/usr/bin/env bash
# N2G draws the edges a → b and b → a as one, and refuses a node whose name holds < or & as broken XML.
#
# Guess before running: a diagram has each link that was added, with its direction, and names are escaped.
# Seen: a link is known by its two ends, whatever their order, and its label: b → a after a → b is dropped without a word, in drawio and in yEd files;
#   with labels that differ both are there. add_node("w<1") raises ParseError, as the name is put into XML as it stands; so does a label in drawio, while
#   yEd's label is escaped.
# Who meets it: who draws values along the edges and gradients against them: the gradients are missing. Give each link a label of its own, and escape
#   names.
# Versions: N2G==0.3.3, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check N2G==0.3.3
cat > "$place/probe.py" <<'PROBE'
import re
from xml.etree.ElementTree import ParseError

from N2G import drawio_diagram, yed_diagram


def drawn(diagram):
    return len(re.findall(r'edge="1"|<edge ', diagram.dump_xml()))


for kind in (drawio_diagram, yed_diagram):
    diagram = kind()
    if kind is drawio_diagram:
        diagram.add_diagram("Page")
    for name in "ab":
        diagram.add_node(name)
    diagram.add_link("a", "b")
    print(kind.__name__, "after a → b:", drawn(diagram), end=" ")
    diagram.add_link("b", "a")
    print("after b → a:", drawn(diagram), end=" ")
    diagram.add_link("b", "a", label="gradient")
    print("after b → a with a label:", drawn(diagram))
    for settings in ({"id": "w<1"}, {"id": "w", "label": "w < 1 & b"}):
        try:
            diagram.add_node(**settings)
            print("  ", settings, "is drawn")
        except ParseError as refused:
            print("  ", settings, "raises ParseError:", str(refused).split(":")[0])
PROBE
cat > "$place/expected" <<'EXPECTED'
drawio_diagram after a → b: 1 after b → a: 1 after b → a with a label: 2
   {'id': 'w<1'} raises ParseError: not well-formed (invalid token)
   {'id': 'w', 'label': 'w < 1 & b'} raises ParseError: not well-formed (invalid token)
yed_diagram after a → b: 1 after b → a: 1 after b → a with a label: 2
   {'id': 'w<1'} raises ParseError: not well-formed (invalid token)
   {'id': 'w', 'label': 'w < 1 & b'} is drawn
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
