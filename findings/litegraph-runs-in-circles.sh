#!/usr/bin/env bash
# litegraph.js lets a graph run in a circle, each turn with the numbers of the turn before, and a saved NaN or infinity is null.
#
# Guess before running: a connection that closes a circle is refused, or running the graph reports it; numbers come back from a saved graph as they
#   were, or saving says that they cannot.
# Seen: the connection is made and counts as right; each runStep computes every node once, with what the others held before, so that a product of x = 3
#   in a circle is 3, 27, 243, 2187, and no two steps agree. serialize() gives plain data with NaN and Infinity, which JSON turns into null, and the
#   graph that is configured from it holds null; a node's default does not step in.
# Who meets it: who builds an editor on litegraph.js, as the editors of ComfyUI have been: a person who joins a node with an earlier one sees
#   numbers that grow and no error.
# Versions: litegraph.js@0.7.18; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund litegraph.js@0.7.18
cat > "$place/circle.cjs" <<'PROBE'
const { LGraph, LiteGraph } = require("litegraph.js");

class Product {
  constructor() {
    this.addInput("a", "number");
    this.addInput("b", "number");
    this.addOutput("product", "number");
  }
  onExecute() {
    this.setOutputData(0, (this.getInputData(0) ?? 1) * (this.getInputData(1) ?? 1));
  }
}
class Leaf {
  constructor() {
    this.addOutput("value", "number");
    this.properties = { value: 1 };
  }
  onExecute() {
    this.setOutputData(0, this.properties.value);
  }
}
LiteGraph.registerNodeType("graph/product", Product);
LiteGraph.registerNodeType("graph/leaf", Leaf);

const graph = new LGraph();
const [x, square, cube] = ["leaf", "product", "product"].map((kind) => {
  const node = LiteGraph.createNode("graph/" + kind);
  graph.add(node);
  return node;
});
x.properties.value = 3;
x.connect(0, square, 0);
x.connect(0, square, 1);
square.connect(0, cube, 0);
x.connect(0, cube, 1);
graph.runStep(1);
console.log("x*x*x at 3 is", cube.getOutputData(0));
console.log("the result joined with its own operand:", cube.connect(0, square, 1) ? "accepted" : "refused");
for (let turn = 0; turn < 4; turn++) {
  graph.runStep(1);
  console.log("turn", turn, "square", square.getOutputData(0), "cube", cube.getOutputData(0));
}
for (const value of [2.5, NaN, Infinity]) {
  x.properties.value = value;
  const again = new LGraph();
  again.configure(JSON.parse(JSON.stringify(graph.serialize())));
  console.log("a leaf of", value, "comes back as", again.getNodeById(x.id).properties.value);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
x*x*x at 3 is 27
the result joined with its own operand: accepted
turn 0 square 3 cube 9
turn 1 square 27 cube 81
turn 2 square 243 cube 729
turn 3 square 2187 cube 6561
a leaf of 2.5 comes back as 2.5
a leaf of NaN comes back as null
a leaf of Infinity comes back as null
EXPECTED
node "$place/circle.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
