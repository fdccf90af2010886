#!/usr/bin/env bash
# sympy's LaTeX reader (lark) answers \tanh with a parse tree of several readings, not with tanh.
#
# Guess before running: parse_latex(r'\tanh x + 1', backend='lark') is an expression, tanh(x) + 1.
# Seen: a lark Tree called _ambig holds tan(h*x + 1), tanh(x + 1), tan(h*x) + 1 and tanh(x) + 1; no
#   exception is raised. sin x + 1 and x(y+1) are such trees of two as well.
# Who meets it: who reads a neuron's formula from a paper: what comes back is no sympy expression, and
#   .diff fails far from the cause. Check for a Tree before use.
# Versions: sympy==1.14.0, lark==1.3.1; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 lark==1.3.1
cat > "$place/probe.py" <<'PROBE'
from lark import Tree
from sympy import Expr
from sympy.parsing.latex import parse_latex

for text in (r"\sin x + 1", r"\tanh x + 1", r"\tanh(x)^2", "x(y+1)"):
    read = parse_latex(text, backend="lark")
    print(text, type(read).__name__, isinstance(read, Expr), len(read.children) if isinstance(read, Tree) else "")
PROBE
cat > "$place/expected" <<'EXPECTED'
\sin x + 1 Tree False 2
\tanh x + 1 Tree False 4
\tanh(x)^2 Tree False 6
x(y+1) Tree False 2
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
