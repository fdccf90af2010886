#!/usr/bin/env bash
# ryvencore, the engine of the Ryven node editor, runs a node below a diamond twice for one change, the first time with one new and one old operand.
#
# Guess before running: where a feeds b and c, and both feed d = b × c, a change of a runs d once, with the new values of both; the mode named "data
#   opt" at the latest.
# Seen: in the mode "data" d is run with (11, 2), then with (11, 11): 22 is a value that the graph never has. In the mode "data opt" both are new, but d
#   is still run twice.
# Who meets it: who counts, logs or trains in a node: what it does happens once for each path to it, and on a product that belongs to no input. Run such
#   graphs in topological order, as nodegraph does.
# Versions: ryvencore==0.5.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ryvencore==0.5.0
cat > "$place/probe.py" <<'PROBE'
from ryvencore import Data, Node, NodeInputType, NodeOutputType, Session

runs = []


class Source(Node):
    title = "a"
    init_outputs = [NodeOutputType()]

    def __init__(self, params):
        super().__init__(params)
        self.number = 1

    def update_event(self, inp=-1):
        self.set_output_val(0, Data(self.number))


class AddOne(Node):
    title = "a + 1"
    init_inputs = [NodeInputType()]
    init_outputs = [NodeOutputType()]

    def update_event(self, inp=-1):
        if given := self.input(0):
            self.set_output_val(0, Data(given.payload + 1))


class Multiply(Node):
    title = "b × c"
    init_inputs = [NodeInputType(), NodeInputType()]
    init_outputs = [NodeOutputType()]

    def update_event(self, inp=-1):
        left, right = self.input(0), self.input(1)
        if left and right:
            runs.append((left.payload, right.payload))
            self.set_output_val(0, Data(left.payload * right.payload))


session = Session()
session.register_node_types([Source, AddOne, Multiply])
flow = session.create_flow("diamond")
a, b, c, d = (flow.create_node(kind) for kind in (Source, AddOne, AddOne, Multiply))
flow.connect_nodes(a.outputs[0], b.inputs[0])
flow.connect_nodes(a.outputs[0], c.inputs[0])
flow.connect_nodes(b.outputs[0], d.inputs[0])
flow.connect_nodes(c.outputs[0], d.inputs[1])
a.update()
for mode, number in (("data", 10), ("data opt", 20)):
    flow.set_algorithm_mode(mode)
    runs.clear()
    a.number = number
    a.update()
    print(mode, runs)
PROBE
cat > "$place/expected" <<'EXPECTED'
data [(11, 2), (11, 11)]
data opt [(21, 21), (21, 21)]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
