#!/usr/bin/env bash
# TikZ lets a node be called w.1 and draws every edge to it to the side of w that lies at one degree.
#
# Guess before running: a node by the name of w.1 is that node, since it can be made without complaint; or the dot is refused where the node is made, as a
#   comma or a bracket cannot be used.
# Seen: where a node w is there, too, (w.1) is the point of w's border at the angle 1: the edge ends at w, w.1 stands alone, nothing is said. layer.0
#   beside layer is to the right of layer, layer.90 above it. Without a w it is an error, No shape named w, though w.1 was made. w.grad beside w is an
#   error about an anchor.
# Who meets it: who writes names as PyTorch or a script has them, w and w.1, or layer.0, into TikZ: the picture shows another graph. Write w-1. nodegraph
#   draws by places and names no node.
# Versions: pdflatex of Debian's texlive-latex-base 2022.20230122-3 with texlive-pictures 2022.20230122-3 (pgf 3.1.10). Needs pdflatex of these packages.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/names.tex" <<'PROBE'
\documentclass{article}
\usepackage{tikz}
\newcommand{\where}[1]{\path (#1); \pgfgetlastxy{\x}{\y}\typeout{SEEN #1 at \x, \y}}
\begin{document}
\typeout{SEEN pgf \pgfversion}
\begin{tikzpicture}[every node/.style={circle, minimum size=10pt, inner sep=0pt, outer sep=0pt}]
  \node (w) at (0pt, 0pt) {};
  \node (w.1) at (100pt, 0pt) {};
  \node (w.90) at (100pt, 50pt) {};
  \node (w-2) at (100pt, 90pt) {};
  \where{w.center}
  \where{w.1}
  \where{w.90}
  \where{w-2}
  \where{w-2.90}
\end{tikzpicture}
\end{document}
PROBE
cat > "$place/expected" <<'EXPECTED'
pgf 3.1.10
w.center at 0.0pt, 0.0pt
w.1 at 4.99916pt, 0.0872pt
w.90 at 0.0pt, 5.0pt
w-2 at 100.0pt, 90.0pt
w-2.90 at 100.0pt, 95.0pt
EXPECTED
(cd "$place" && pdflatex -interaction=nonstopmode names.tex > log; sed -n 's/^SEEN //p' log) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
