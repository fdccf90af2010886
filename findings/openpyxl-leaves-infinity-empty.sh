#!/usr/bin/env bash
# openpyxl writes NaN and infinity as empty cells, and PyExcelerate an infinity as a division by zero.
#
# Guess before running: a spreadsheet has no NaN and no infinity, so a writer refuses them, as XlsxWriter does, or writes them as text; a
#   number keeps its seventeen digits, since the file holds it as text.
# Seen: openpyxl writes a cell without a value for all three, which is read back as None; PyExcelerate writes #NUM! for NaN and #DIV/0!
#   for both infinities, which says of an exp that ran away that something was divided by 0. Nothing is said. XlsxWriter refuses
#   NaN and inf. None keeps all digits: 0.1 + 0.2 becomes 0.3 in all three, and 1/3 has sixteen threes, or fifteen.
# Who meets it: who takes a table of losses or gradients into a spreadsheet: a loss that ran away is a gap in it, and a mean over the column
#   is finite.
# Versions: openpyxl==3.1.5, pyexcelerate==0.13.0, xlsxwriter==3.3.1; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 pyexcelerate==0.13.0 xlsxwriter==3.3.1
cat > "$place/sheets.py" <<'PROBE'
import io
import math
import tempfile
import warnings
from pathlib import Path

import openpyxl
import pyexcelerate
import xlsxwriter

warnings.simplefilter("ignore")
VALUES = [math.nan, math.inf, -math.inf, 0.1 + 0.2, 1 / 3, 1e-320]


def read(file):
    return [row[0].value for row in openpyxl.load_workbook(file).active.iter_rows()]


file = io.BytesIO()
book = openpyxl.Workbook()
for value in VALUES:
    book.active.append([value])
book.save(file)
print("openpyxl:", read(file))
path = Path(tempfile.mkdtemp(), "other.xlsx")
book = pyexcelerate.Workbook()
book.new_sheet("losses", data=[[value] for value in VALUES])
book.save(str(path))
print("PyExcelerate:", read(path))
file = io.BytesIO()
book = xlsxwriter.Workbook(file)
sheet = book.add_worksheet()
for row, value in enumerate(VALUES):
    try:
        sheet.write_number(row, 0, value)
    except TypeError as error:
        print("XlsxWriter refuses", value)
book.close()
print("XlsxWriter:", read(file))
PROBE
cat > "$place/expected" <<'EXPECTED'
openpyxl: [None, None, None, 0.3, 0.3333333333333333, 1e-320]
PyExcelerate: ['#NUM!', '#DIV/0!', '#DIV/0!', 0.3, 0.333333333333333, 1e-320]
XlsxWriter refuses nan
XlsxWriter refuses inf
XlsxWriter refuses -inf
XlsxWriter: [None, None, None, 0.3, 0.3333333333333333, 1e-320]
EXPECTED
"$place/venv/bin/python" "$place/sheets.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
