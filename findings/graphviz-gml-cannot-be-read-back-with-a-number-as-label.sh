#!/usr/bin/env bash
# gv2gml of Graphviz writes a label that is a number without quotes where a text has to stand, and gml2gv refuses that file; clusters it does not write
#   at all.
#
# Guess before running: what gv2gml writes, gml2gv reads back with the names, labels and ports of the graph.
# Seen: after text 0.5, gml2gv says "syntax error" and reads no edge; without a label that is a number it reads the file, but nodes are called 0, 1, 2
#   and the cluster is gone.
# Who meets it: who takes a computational graph whose edges show their factors, 0.5 or −2, to yEd or another program of GML by Graphviz' own tool.
# Versions: Graphviz 2.43.0 of Debian 12. Needs graphviz. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
command -v gv2gml > /dev/null || { echo "Graphviz is needed." >&2; exit 1; }
cat > "$place/probe.sh" <<'PROBE'
cd "$1"
echo 'digraph { subgraph cluster_layer { e } a -> e [label="0.5"]; b -> e [label="third", headport="w"] }' > number.dot
sed 's/"0.5"/"half"/' number.dot > word.dot
for name in number word; do
  gv2gml "$name.dot" > "$name.gml"
  echo "$name: $(grep -c 'text [0-9]' "$name.gml") text without quotes, clusters: $(grep -c layer "$name.gml")"
  gml2gv "$name.gml" > "$name.again" 2> "$name.said" || true
  echo "said: $(sed 's/ in line.*//' "$name.said" | head -1)"
  echo "read: $(grep -c -- '->' "$name.again") edges, names: $(grep -o '[0-9a-z]* -> [0-9a-z]*' "$name.again" | sort | tr '\n' ' ')"
done
PROBE
cat > "$place/expected" <<'EXPECTED'
number: 1 text without quotes, clusters: 0
said: Warning:  syntax error
read: 0 edges, names: 
word: 0 text without quotes, clusters: 0
said: 
read: 2 edges, names: 1 -> 0 2 -> 0 
EXPECTED
bash "$place/probe.sh" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
