#!/usr/bin/env bash
# rich prints w[b] + x[i] as w + x: an index b, i, u, s or d is taken for bold, italic and other looks.
#
# Guess before running: square brackets after a name are an index, and stay; markup such as [bold] is a word that nobody writes in a formula.
# Seen: [b], [i], [u], [s], [d], [r], [o] and [n], among others, are short for styles: they vanish, and what follows is bold, slanted or struck out; [x]
#   vanishes too where it stands alone, as any word does that is no style. w[0] and [1, 2] stay, since a tag begins with a letter. In tables and the titles
#   of progress bars it is the same.
# Who meets it: who prints expressions, names of parameters or log lines with rich or a program built on it: a[i] and a[j] cannot be told apart, and
#   nothing is said. Use rich.markup.escape, or markup=False.
# Versions: rich==15.0.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check rich==15.0.0
cat > "$place/indices.py" <<'PROBE'
import io

from rich.console import Console
from rich.markup import escape

for text in ("w[b] + x[i]", "a[i] * a[j]", "p[u] s[s] m[d]", "w[0] + x[1, 2]", "grad[loss]", "x[i][j]"):
    console = Console(file=io.StringIO(), width=80)
    try:
        console.print(text)
        console.print(escape(text))
        plain, escaped = console.file.getvalue().splitlines()
        print(f"{text}: printed {plain!r}, escaped {escaped!r}")
    except Exception as error:
        print(f"{text}: {type(error).__name__}")
PROBE
cat > "$place/expected" <<'EXPECTED'
w[b] + x[i]: printed 'w + x', escaped 'w[b] + x[i]'
a[i] * a[j]: printed 'a * a', escaped 'a[i] * a[j]'
p[u] s[s] m[d]: printed 'p s m', escaped 'p[u] s[s] m[d]'
w[0] + x[1, 2]: printed 'w[0] + x[1, 2]', escaped 'w[0] + x[1, 2]'
grad[loss]: printed 'grad', escaped 'grad[loss]'
x[i][j]: printed 'x', escaped 'x[i][j]'
EXPECTED
"$place/venv/bin/python" "$place/indices.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
