#!/usr/bin/env bash
# In the graphviz package edge("w:0", "m:0") leads from a node w, not from node("w:0"), and a label <w, x> is read as HTML; in pydot both names become w.
#
# Guess before running: a name is a name wherever it is given: node("w:0") and edge("w:0", "m:0"), as TensorFlow and ONNX call tensors, speak of the same
#   nodes; a label that begins with < and ends with > is text, as one with quotes is.
# Seen: the graphviz package puts quotes around "w:0" for a node and not for an edge, so that the picture has the nodes "w:0" and m:0 by themselves and an
#   edge from w to m. pydot quotes neither, so that w:0 and w:1 are one node with the label of the last. <w, x>, an inner product, goes out without quotes
#   in both, as markup: Graphviz draws it as w, x without its angle brackets, or, where there is an &, the name in its stead, with an error.
# Who meets it: who draws the graph of a model by its tensors' names: loose nodes, or two tensors as one, with a warning about ports on standard error at
#   most. Give nodes numbers for names and names for labels, and pass labels through graphviz.nohtml.
# Versions: graphviz==0.21, pydot==4.0.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check graphviz==0.21 pydot==4.0.1
cat > "$place/ports.py" <<'PROBE'
import graphviz
import pydot

graph = graphviz.Digraph()
for name in ("w:0", "w:1", "m:0"):
    graph.node(name)
graph.edge("w:0", "m:0")
graph.edge("w:1", "m:0", label="<w, x>")
graph.edge("w:1", "m:0", label=graphviz.nohtml("<w, x>"))
print("graphviz:")
print(graph.source.replace("\t", "  ").strip())
graph = pydot.Dot("g", graph_type="digraph")
for name in ("w:0", "w:1", "m:0"):
    graph.add_node(pydot.Node(name, label=f"label of {name}"))
graph.add_edge(pydot.Edge("w:0", "m:0"))
graph.add_edge(pydot.Edge("w:1", "m:0", label="<w, x>"))
print("pydot:")
print(graph.to_string().strip())
PROBE
cat > "$place/expected" <<'EXPECTED'
graphviz:
digraph {
  "w:0"
  "w:1"
  "m:0"
  w:0 -> m:0
  w:1 -> m:0 [label=<w, x>]
  w:1 -> m:0 [label="<w, x>"]
}
pydot:
digraph g {
w [label="label of w:0"];
w [label="label of w:1"];
m [label="label of m:0"];
w:0 -> m:0;
w:1 -> m:0 [label=<w, x>];
}
EXPECTED
"$place/venv/bin/python" "$place/ports.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
