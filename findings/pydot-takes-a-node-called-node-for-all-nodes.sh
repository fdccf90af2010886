#!/usr/bin/env bash
# pydot gives the looks of a node that is called Node, Edge or Graph to all nodes, edges or the graph.
#
# Guess before running: a name that is a word of DOT is quoted, as "strict" and "subgraph" are.
# Seen: Node, Edge and Graph, in any letters' case, are written without quotes and so set what holds for all: the node
#   called Node is drawn nowhere by its own statement, and its label and colour become those of every node after it. Where
#   an edge leads to it, it appears, with the label of all. "strict" and "subgraph" are quoted. A node a:b is a node a.
# Who meets it: who draws a network with a node "edge" or "Graph" by pydot, or by networkx through it: names without quotes
#   give no error. Give nodes ids of your own, and their names as labels. nodegraph quotes every name in DOT.
# Versions: pydot==4.0.1, pyparsing==3.3.3; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pydot==4.0.1 pyparsing==3.3.3
cat > "$place/probe.py" <<'PROBE'
import pydot

for name in ("Node", "Edge", "Graph", "strict", "subgraph", "a:b"):
    graph = pydot.Dot("g", graph_type="digraph")
    graph.add_node(pydot.Node(name, label=name, color="red"))
    graph.add_node(pydot.Node("z"))
    graph.add_edge(pydot.Edge(name, "z"))
    text = graph.to_string()
    print(" ".join(text.split()))
    (read,) = pydot.graph_from_dot_data(text)
    drawn = [node.get_name() for node in read.get_nodes() if node.get_name() not in ("node", "edge", "graph")]
    print("  nodes of their own:", drawn, "set for all nodes:", read.get_node_defaults())
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph g { Node [label="Node", color=red]; z; "Node" -> z; }
  nodes of their own: ['z'] set for all nodes: [{'label': '"Node"', 'color': 'red'}]
digraph g { Edge [label="Edge", color=red]; z; "Edge" -> z; }
  nodes of their own: ['z'] set for all nodes: []
digraph g { Graph [label="Graph", color=red]; z; "Graph" -> z; }
  nodes of their own: ['z'] set for all nodes: []
digraph g { "strict" [label="strict", color=red]; z; "strict" -> z; }
  nodes of their own: ['"strict"', 'z'] set for all nodes: []
digraph g { "subgraph" [label="subgraph", color=red]; z; "subgraph" -> z; }
  nodes of their own: ['"subgraph"', 'z'] set for all nodes: []
digraph g { a [label="a:b", color=red]; z; a:b -> z; }
  nodes of their own: ['a', 'z'] set for all nodes: []
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
