#!/usr/bin/env bash
# unicodeit takes the beginning of an unknown LaTeX command for a letter: \ln x becomes "łn x".
#
# Guess before running: a command it has no sign for is left as it stands (\ln x), or loses its backslash (ln x).
# Seen: \l is the Polish letter ł, \o is ø and \le is ≤, and they are replaced wherever they begin a longer
#   command: \ln x is "łn x", \operatorname{relu}(x) is "øperatorname{relu}(x)", \left(a+b\right) is "≤ft(a+b\right)".
#   \log x is "łog x". \tanh(x) and \max(a, b), which begin like no letter, are left as they stand.
# Who meets it: who makes labels for a plot or a graph's nodes from formulas: a natural logarithm turns into a
#   word that no one can search for. nodegraph sets names from its own table and replaces whole names alone.
# Versions: unicodeit==0.7.5; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check unicodeit==0.7.5
cat > "$place/probe.py" <<'PROBE'
import unicodeit

for formula in (r"\ln x", r"\log x", r"\operatorname{relu}(x)", r"\left(a+b\right)", r"\tanh(x)", r"\max(a, b)", r"\sigma(x) \le 1"):
    print(formula, "->", unicodeit.replace(formula))
PROBE
cat > "$place/expected" <<'EXPECTED'
\ln x -> łn x
\log x -> łog x
\operatorname{relu}(x) -> øperatorname{relu}(x)
\left(a+b\right) -> ≤ft(a+b\right)
\tanh(x) -> \tanh(x)
\max(a, b) -> \max(a, b)
\sigma(x) \le 1 -> σ(x) ≤ 1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
