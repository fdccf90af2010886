#!/usr/bin/env bash
# sympy.latex cuts ordinary names that end like an accent or a typeface.
#
# Guess before running: latex(Symbol('local')) is `local`, and `what`, `bmodel` and `outputmag` are
#   printed as they are too.
# Seen: `local` becomes a calligraphic lo, `what` a w with a hat, `sbm` a bold s, `outputmag` |output|,
#   `inputbar` input with a bar; `label`, `total` and `x_hat` are left whole.
# Who meets it: who typesets a graph whose nodes are named in words: two different nodes, `w_hat` and
#   `what`, look as if they were the other one.
# Versions: sympy==1.14.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
from sympy import Symbol, latex

for name in "local what that sbm outputmag inputbar label total what_ x_hat".split():
    print(name, latex(Symbol(name)))
PROBE
cat > "$place/expected" <<'EXPECTED'
local \mathcal{lo}
what \hat{w}
that \hat{t}
sbm \boldsymbol{s}
outputmag \left|{output}\right|
inputbar \bar{input}
label label
total total
what_ \hat{w}_{}
x_hat x_{hat}
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
