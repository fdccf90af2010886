#!/usr/bin/env bash
# pycel computes =-2^2 as −4, where Excel and ironcalc have 4; =-A1^2 and what is built of it likewise.
#
# Guess before running: a formula of a workbook has in pycel the number that Excel shows: -2^2 is 4, 2^3^2 is 64, MAX(1, "3") is 3, 0^0 is #NUM!.
# Seen: -2^2 is −4 and -2^-2 is −0.25, so that EXP(-A1^2), which grows in Excel, is a bell; MAX(1, "3") is 1; 0^0 is 1; (−8)^(1/3) by POWER is a complex
#   number. 2^3^2, 50%, MOD, ROUND and ATAN2 are as in Excel.
# Who meets it: who checks a network or a bell curve that was built in a spreadsheet from Python: one of the two is wrong, and it is hard to see which.
#   Put brackets: (-A1)^2 or -(A1^2).
# Versions: pycel==1.0b30, ironcalc==0.9.1, openpyxl==3.1.5, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pycel==1.0b30 ironcalc==0.9.1 openpyxl==3.1.5
cat > "$place/probe.py" <<'PROBE'
import sys

import ironcalc
import openpyxl
from pycel import ExcelCompiler

FORMULAS = ["=-2^2", "=-A1^2", "=-2^-2", "=EXP(-A1^2)", '=MAX(1,"3")', "=0^0", "=POWER(-8,1/3)", "=2^3^2", "=50%*2", "=MOD(-3,2)"]
book = openpyxl.Workbook()
book.active["A1"] = 2
other = ironcalc.create("model", "en", "UTC")
other.set_user_input(0, 1, 1, "2")
for row, formula in enumerate(FORMULAS, 1):
    book.active.cell(row, 4, formula)
    other.set_user_input(0, row, 4, formula)
book.save(sys.argv[1])
other.evaluate()
here = ExcelCompiler(sys.argv[1])
for row, formula in enumerate(FORMULAS, 1):
    number = here.evaluate(f"Sheet!D{row}")
    shown = number if isinstance(number, str | complex) else f"{number:.9g}"
    if isinstance(number, complex):
        shown = f"{number.real:.6f} + {number.imag:.6f} i"
    print(f"{formula:16} pycel {shown}, ironcalc {other.get_formatted_cell_value(0, row, 4)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
=-2^2            pycel -4, ironcalc 4
=-A1^2           pycel -4, ironcalc 4
=-2^-2           pycel -0.25, ironcalc 0.25
=EXP(-A1^2)      pycel 0.0183156389, ironcalc 54.598150033
=MAX(1,"3")      pycel 1, ironcalc 3
=0^0             pycel 1, ironcalc #NUM!
=POWER(-8,1/3)   pycel 1.000000 + 1.732051 i, ironcalc -2
=2^3^2           pycel 64, ironcalc 64
=50%*2           pycel 1, ironcalc 1
=MOD(-3,2)       pycel 1, ironcalc 1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/book.xlsx" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
