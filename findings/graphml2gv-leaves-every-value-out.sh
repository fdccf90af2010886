#!/usr/bin/env bash
# graphml2gv turns GraphML into DOT without any data: labels, values and gradients are gone, and the exit status is 0.
#
# Guess before running: data of nodes and edges become attributes of the same names.
# Seen: names and edges arrive, two edges between the same nodes too; each value is left out with a line "Unknown node data - ignoring." on the error
#   stream, and the exit status is 0. gml2gv, its neighbour, keeps them.
# Who meets it: who draws a graph of networkx or yEd by Graphviz' own converter: a drawing of bare names.
# Versions: Graphviz 2.42.2-7+deb12u1 of Debian. Needs graphml2gv and gml2gv. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.graphml" <<'PROBE'
<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="value" attr.type="double"/>
  <key id="d1" for="edge" attr.name="gradient" attr.type="double"/>
  <graph edgedefault="directed">
    <node id="a"><data key="d0">2.0</data></node>
    <node id="m"><data key="d0">6</data></node>
    <edge source="a" target="m"><data key="d1">5</data></edge>
    <edge source="a" target="m"><data key="d1">7</data></edge>
  </graph>
</graphml>
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph "" {
	a -> m;
	a -> m;
}
exit 0
      4 Unknown node data - ignoring.
      2 Unknown node key - ignoring.
digraph "" {
	1	[name=a,
		value=2.0];
	2	[name=m,
		value=6];
	1 -> 2	[gradient=5];
}
EXPECTED
(cd "$place" && graphml2gv probe.graphml 2> told && echo "exit $?" && sort told | uniq -c && echo 'graph [ directed 1 node [ id 1 label "a" value 2.0 ] node [ id 2 label "m" value 6 ] edge [ source 1 target 2 gradient 5 ] ]' | gml2gv) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
