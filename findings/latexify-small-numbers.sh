#!/usr/bin/env bash
# latexify-py typesets 1e-06 as a difference.
#
# Guess before running: the number 1e-6 in a function becomes 10^{-6}, or 1 \times 10^{-6}, in the LaTeX.
# Seen: the characters `1e-06` stand in mathematics, where they are read as 1·e − 06; squared they become
#   `1e-06^{2}`.
# Who meets it: who prints a loss with a small factor or a learning rate from code: the figure says
#   something false.
# Versions: latexify-py==0.4.4; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check latexify-py==0.4.4
cat > "$place/probe.py" <<'PROBE'
import latexify


def penalty(w):
    return 1e-6 * w


def tiny(w):
    return (1e-6) ** 2 * w


print(latexify.get_latex(penalty))
print(latexify.get_latex(tiny))
PROBE
cat > "$place/expected" <<'EXPECTED'
\mathrm{penalty}(w) = 1e-06 w
\mathrm{tiny}(w) = 1e-06^{2} w
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
