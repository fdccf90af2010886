#!/usr/bin/env bash
# rustworkx tells the predecessors of a node from the latest edge to the first, so that b - a becomes a - b; its DOT breaks at a label with quotes.
#
# Guess before running: predecessors come in the order in which their edges were added, as in networkx, whose functions it has by the same names; a
#   predecessor with two edges comes twice, or once, as in networkx; to_dot writes a label so that Graphviz can read it.
# Seen: predecessors, successors and in_edges begin with the edge that was added last, also in a graph converted from networkx. to_dot puts a label between
#   quotes and leaves those within it as they are: label="say "hi"" is a syntax error to Graphviz; a backslash is Graphviz' own, so that w\n is a w and a
#   new line.
# Who meets it: who moves a program that evaluates a graph from networkx to rustworkx: sums and products stay right, differences, quotients and powers have
#   their operands exchanged. Keep the number of the operand on its edge.
# Versions: rustworkx==0.18.1, networkx==3.6.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check rustworkx==0.18.1 networkx==3.6.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import networkx
import rustworkx

graph = rustworkx.PyDiGraph()
b, a, difference, square = graph.add_nodes_from(["b", "a", "b - a", "a * a"])
for source, target in ((b, difference), (a, difference), (a, square), (a, square)):
    graph.add_edge(source, target, None)
print("operands of b - a:", graph.predecessors(difference))
print("by in_edges:", [graph[source] for source, _, _ in graph.in_edges(difference)])
print("uses of a:", graph.successors(a))
print("operands of a * a:", graph.predecessors(square), "and", len(graph.in_edges(square)), "edges")
same = networkx.MultiDiGraph([("b", "b - a"), ("a", "b - a")])
print("networkx has", list(same.predecessors("b - a")))
converted = rustworkx.networkx_converter(same)
print("converted:", [node for node in converted.predecessors(converted.nodes().index("b - a"))])

named = rustworkx.PyDiGraph()
named.add_node('say "hi"')
named.add_node("w\\n")
print(named.to_dot(lambda name: {"label": name}).replace("\n", " ").strip())
print(named.to_dot(lambda name: {"label": '"' + name + '"'}).replace("\n", " ").strip())
PROBE
cat > "$place/expected" <<'EXPECTED'
operands of b - a: ['a', 'b']
by in_edges: ['a', 'b']
uses of a: ['a * a', 'b - a']
operands of a * a: ['a'] and 2 edges
networkx has ['b', 'a']
converted: ['a', 'b']
digraph { 0 [label="say "hi""]; 1 [label="w\n"]; }
digraph { 0 [label=""say "hi"""]; 1 [label=""w\n""]; }
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
