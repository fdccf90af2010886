#!/usr/bin/env bash
# A NodeGraphQt graph that says of itself that it is acyclic takes a cycle that is made by code, keeps it in a file and reads it back.
#
# Guess before running: acyclic() is the rule of the graph: a connection that would close a cycle is refused or told, by hand and by code.
# Seen: acyclic() is True from the start, and only the mouse obeys it: set_output connects d back to its own input's node without a word, the session
#   that is saved still says "acyclic": true, and it is loaded with the cycle. Undo and the order of inputs are right, NaN comes back.
# Who meets it: who builds or loads graphs with it and evaluates them in order: an order of evaluation does not exist then. Look for cycles with networkx
#   before.
# Versions: NodeGraphQt==0.6.44, PySide6-Essentials==6.11.1, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check NodeGraphQt==0.6.44 PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
import json
import sys

from PySide6.QtWidgets import QApplication

application = QApplication([])
from NodeGraphQt import BaseNode, NodeGraph


class Product(BaseNode):
    __identifier__ = "probe"
    NODE_NAME = "product"

    def __init__(self):
        super().__init__()
        for name in "ab":
            self.add_input(name)
        self.add_output("result")


def operands(graph):
    return {
        node.name(): [[port.node().name() for port in operand.connected_ports()] for operand in node.input_ports()]
        for node in graph.all_nodes()
    }


graph = NodeGraph()
graph.register_nodes([Product])
first, second = (graph.create_node("probe.Product", name=name) for name in ("w", "d"))
first.set_output(0, second.input(0))
second.set_output(0, first.input(1))
print("acyclic:", graph.acyclic(), "operands:", operands(graph))
graph.save_session(sys.argv[1])
print("the file says acyclic:", json.load(open(sys.argv[1]))["graph"]["acyclic"])
again = NodeGraph()
again.register_nodes([Product])
again.load_session(sys.argv[1])
print("loaded, acyclic:", again.acyclic(), "operands:", operands(again))
PROBE
cat > "$place/expected" <<'EXPECTED'
acyclic: True operands: {'w': [[], ['d']], 'd': [['w'], []]}
the file says acyclic: True
loaded, acyclic: True operands: {'w': [[], ['d']], 'd': [['w'], []]}
EXPECTED
QT_API=pyside6 QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" "$place/session.json" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
