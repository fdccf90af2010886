#!/usr/bin/env bash
# SheetJS reads the CSV cell "0,5" as 5 and 1/2 as the second of January, and a NaN that it was given as a number is none when read again.
#
# Guess before running: "1,5", 1/2 and NaN are text, +0.5 and 1e-3 are numbers; NaN written becomes #NUM!.
# Seen: +0.5 and 1e-3 are numbers, NaN and Infinity text. "0,5" is the number 5, "1,5" 15, "0,001" 1, "1.234,5" 1.2345, "(5)" -5; 1/2, 1-2 and 3-4 are
#   days of 2001. With raw: true all cells are text. aoa_to_sheet writes NaN and Infinity as numbers without a value; as CSV they are NAN and INFINITY.
# Who meets it: a page that takes tables by dropping, as most do with this package: a column of shares 0,5 and 0,25 from a German spreadsheet becomes 5
#   and 25.
# Versions: xlsx@0.18.5; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm init -y > /dev/null && npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 > /dev/null 2>&1)
cat > "$place/probe.cjs" <<'PROBE'
const X = require("xlsx");
const cells = ["0,5", "1,5", "0,001", "1.234,5", "(5)", "1/2", "1-2", "3-4", "+0.5", "1e-3", "NaN", "Infinity"];
for (const options of [{}, { raw: true }]) {
  const book = X.read(cells.map((cell) => `"${cell}"`).join("\n"), { type: "string", ...options });
  const sheet = book.Sheets[book.SheetNames[0]];
  console.log(JSON.stringify(options));
  cells.forEach((cell, i) => {
    const { t, v, w } = sheet[`A${i + 1}`];
    console.log(" ", cell, "->", t === "n" ? (v > 1000 ? `the day ${w}` : `the number ${v}`) : "text");
  });
}
const numbers = X.utils.aoa_to_sheet([[NaN, Infinity, 1e-7]]);
console.log(JSON.stringify(numbers), X.utils.sheet_to_csv(numbers));
PROBE
cat > "$place/expected" <<'EXPECTED'
{}
  0,5 -> the number 5
  1,5 -> the number 15
  0,001 -> the number 1
  1.234,5 -> the number 1.2345
  (5) -> the number -5
  1/2 -> the day 1/2/01
  1-2 -> the day 1/2/01
  3-4 -> the day 3/4/01
  +0.5 -> the number 0.5
  1e-3 -> the number 0.001
  NaN -> text
  Infinity -> text
{"raw":true}
  0,5 -> text
  1,5 -> text
  0,001 -> text
  1.234,5 -> text
  (5) -> text
  1/2 -> text
  1-2 -> text
  3-4 -> text
  +0.5 -> text
  1e-3 -> text
  NaN -> text
  Infinity -> text
{"A1":{"v":null,"t":"n"},"B1":{"v":null,"t":"n"},"C1":{"v":1e-7,"t":"n"},"!ref":"A1:C1"} NAN,INFINITY,0.0000001
EXPECTED
(cd "$place" && node probe.cjs) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
