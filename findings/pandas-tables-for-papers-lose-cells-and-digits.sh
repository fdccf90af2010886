#!/usr/bin/env bash
# pandas writes 5% into LaTeX as it is, which hides the rest of its row, a loss of 1e-9 as 0.000000, and in Markdown the text 12e4 as 120000.
#
# Guess before running: to_latex writes what LaTeX sets as the table says, with \% and \_; numbers have the digits that the table shows on the screen;
#   to_markdown keeps text as text.
# Seen: % and _ stand as they are: LaTeX takes what follows % for a remark, the end of the row as well, so that two rows become one, with an error where
#   cells are too many, and none where % is in the first column. Numbers have six decimals whatever their size. to_markdown, by way of tabulate, has six
#   digits, 1.23457e+06, and takes text for numbers: 12e4, part of a commit's or a run's name, is 120000 and 007 is 7. escape=True and float_format, or
#   disable_numparse=True, help.
# Who meets it: who puts a table of results into a paper or an issue: shares in per cent make rows run together, small losses are 0, and runs have other
#   names.
# Versions: pandas==3.1.1, jinja2==3.1.6, tabulate==0.10.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 jinja2==3.1.6 tabulate==0.10.0 numpy==2.4.6
cat > "$place/tables.py" <<'PROBE'
import re

import pandas

table = pandas.DataFrame({"share": ["5%", "all"], "run": ["12e4", "007"], "loss": [1e-9, 1234567.89]})
written = table.to_latex(index=False)
print(written)
print("what LaTeX reads of it:", " ".join(re.sub(r"%.*\n\s*", "", written).split()))
print("with escape and a format:", table.to_latex(index=False, escape=True, float_format="%.3g").splitlines()[4:6])
print(table.to_markdown(index=False))
print(table.to_markdown(index=False, disable_numparse=True))
PROBE
cat > "$place/expected" <<'EXPECTED'
\begin{tabular}{llr}
\toprule
share & run & loss \\
\midrule
5% & 12e4 & 0.000000 \\
all & 007 & 1234567.890000 \\
\bottomrule
\end{tabular}

what LaTeX reads of it: \begin{tabular}{llr} \toprule share & run & loss \\ \midrule 5all & 007 & 1234567.890000 \\ \bottomrule \end{tabular}
with escape and a format: ['5\\% & 12e4 & 1e-09 \\\\', 'all & 007 & 1.23e+06 \\\\']
| share   |    run |        loss |
|:--------|-------:|------------:|
| 5%      | 120000 | 1e-09       |
| all     |      7 | 1.23457e+06 |
| share   | run   | loss       |
|:--------|:------|:-----------|
| 5%      | 12e4  | 1e-09      |
| all     | 007   | 1234567.89 |
EXPECTED
"$place/venv/bin/python" "$place/tables.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
