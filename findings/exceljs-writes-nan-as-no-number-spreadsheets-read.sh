#!/usr/bin/env bash
# ExcelJS writes a loss of NaN or Infinity as the number NaN, and other readers refuse the whole workbook.
#
# Guess before running: NaN becomes an empty cell or an error such as #NUM!, and the rest of the table can be read anywhere.
# Seen: the cell holds <v>NaN</v>, which is no number of the format: openpyxl raises ValueError on the workbook; calamine gives nan and inf. ExcelJS
#   itself reads it as NaN.
# Who meets it: who writes a training log from JavaScript in which one loss ran away, and opens it elsewhere.
# Versions: exceljs@4.4.0; openpyxl==3.1.5, python-calamine==0.9.1; Node 18 or later, Python 3.11. Needs node, npm, python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
(cd "$place" && npm install --silent --no-audit --no-fund exceljs@4.4.0 > /dev/null 2>&1)
cat > "$place/write.js" <<'WRITE'
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  const sheet = book.addWorksheet("log");
  sheet.addRows([["epoch", "loss"], [1, 0.5], [2, NaN], [3, Infinity], [4, 0.25]]);
  await book.xlsx.writeFile(process.argv[2]);
  const again = new Workbook();
  await again.xlsx.readFile(process.argv[2]);
  console.log("ExcelJS:", again.getWorksheet("log").getColumn(2).values.slice(1).join(", "));
})();
WRITE
cat > "$place/probe.py" <<'PROBE'
import re
import sys
import zipfile

import openpyxl
import python_calamine

sheet = zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode()
print("cells:", re.findall(r'<c r="B[2-5]"[^>]*><v>([^<]*)', sheet))
try:
    openpyxl.load_workbook(sys.argv[1])
except ValueError as refused:
    print("openpyxl: ValueError:", str(refused).splitlines()[0][:34])
print("calamine:", [row[1] for row in python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()])
PROBE
cat > "$place/expected" <<'EXPECTED'
ExcelJS: loss, 0.5, NaN, Infinity, 0.25
cells: ['0.5', 'NaN', 'Infinity', '0.25']
openpyxl: ValueError: Unable to read workbook: could not
calamine: ['loss', 0.5, nan, inf, 0.25]
EXPECTED
(cd "$place" && node write.js log.xlsx && venv/bin/python probe.py log.xlsx) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
