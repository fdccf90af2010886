#!/usr/bin/env bash
# networkx.to_latex writes node names into TikZ as they are.
#
# Guess before running: names that TeX cannot read are escaped or replaced: x_1 becomes x\_1, 50% becomes
#   50\%.
# Seen: `x_1` stands in the text bare, which stops pdflatex (Missing $ inserted), and with `50%` the rest
#   of the line, its closing brace and the semicolon included, is a comment.
# Who meets it: who draws a computational graph with names such as w_1 by the library that holds it: give
#   node labels in LaTeX and plain ids instead. A multigraph (x*x) is refused altogether.
# Versions: networkx==3.6.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
cat > "$place/probe.py" <<'PROBE'
import networkx as nx

graph = nx.DiGraph([("x_1", "50%")])
text = nx.to_latex(graph, pos={"x_1": (0, 0), "50%": (1, 0)})
print(*(line.strip() for line in text.splitlines() if "x_1" in line or "50" in line), sep="\n")
try:
    nx.to_latex(nx.MultiDiGraph([("x", "y"), ("x", "y")]), pos={"x": (0, 0), "y": (1, 0)})
except nx.NetworkXNotImplemented as error:
    print(error)
PROBE
cat > "$place/expected" <<'EXPECTED'
(0, 0) node (x_1){x_1}
(1, 0) node (50%){50%};
\draw (x_1) to (50%);
not implemented for multigraph type
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
