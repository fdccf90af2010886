#!/usr/bin/env bash
# Vega reads 1/2 in a table as the second of January 2001, 1,5 as the fifth, and 5% as the first of May, and papaparse cuts 1,5;2,5 at the commas.
#
# Guess before running: a column of 1/2 and 3/4, of 1,5 and 2,5 or of 5% and 7% stays text, where kinds are guessed: dates are what looks like dates.
# Seen: Vega's loader, which reads the tables of Vega-Lite charts, tries Date.parse of JavaScript on each cell, and the V8 of Chrome and Node takes these
#   for days of 2001: the column is one of milliseconds, around 978 thousand million. d3.autoType takes ISO dates alone, but 0x1F for 31, and cuts whole
#   numbers of more than 16 digits. papaparse, left to find the delimiter, takes the decimal comma where the file ends with a line's end, as files do, and
#   the semicolon where it does not; +5 is text to it.
# Who meets it: who draws a table of shares or of a German spreadsheet in Vega-Lite: a time axis with all points in January 2001, without an error. Give
#   the kinds in format.parse.
# Versions: vega-loader@5.1.3, d3-dsv@3.0.2, papaparse@5.7.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts vega-loader@5.1.3 d3-dsv@3.0.2 papaparse@5.7.1
cat > "$place/kinds.mjs" <<'PROBE'
import { autoType, dsvFormat } from "d3-dsv";
import { read } from "vega-loader";
import Papa from "papaparse";

process.env.TZ = "UTC";
const show = (value) => (value instanceof Date ? `date ${value.toISOString().slice(0, 10)}` : JSON.stringify(value));
for (const cell of ["1e-3", "1/2", "1,5", "5%", "2020-01", "0x1F", "12345678901234567890", "+5", "12:30"]) {
  const text = `x;y\n${cell};a\n`;
  const vega = read(text, { type: "dsv", delimiter: ";", parse: "auto" })[0].x;
  const day = vega > 9e11 && vega < 2e12 ? `, that is ${new Date(vega).toISOString().slice(0, 10)}` : "";
  const d3 = dsvFormat(";").parse(text, autoType)[0].x;
  const papa = Papa.parse(text, { header: true, dynamicTyping: true, delimiter: ";" }).data[0].x;
  console.log(`${cell}: Vega ${show(vega)}${day}; d3 ${show(d3)}; papaparse ${show(papa)}`);
}
for (const [name, end] of Object.entries({ "with a last line's end": "\n", "without it": "" })) {
  const { data, meta } = Papa.parse(`x;y\n1,5;2,5\n3,5;4,5${end}`, { header: true, dynamicTyping: true });
  console.log(`papaparse, delimiter not given, ${name}: delimiter ${meta.delimiter}, ${JSON.stringify(data)}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
1e-3: Vega 0.001; d3 0.001; papaparse 0.001
1/2: Vega 978393600000, that is 2001-01-02; d3 "1/2"; papaparse "1/2"
1,5: Vega 978652800000, that is 2001-01-05; d3 "1,5"; papaparse "1,5"
5%: Vega 988675200000, that is 2001-05-01; d3 "5%"; papaparse "5%"
2020-01: Vega 1577836800000, that is 2020-01-01; d3 date 2020-01-01; papaparse "2020-01"
0x1F: Vega 31; d3 31; papaparse "0x1F"
12345678901234567890: Vega 12345678901234567000; d3 12345678901234567000; papaparse "12345678901234567890"
+5: Vega 5; d3 5; papaparse "+5"
12:30: Vega "12:30"; d3 "12:30"; papaparse "12:30"
papaparse, delimiter not given, with a last line's end: delimiter ,, [{"x;y":1,"__parsed_extra":["5;2",5]},{"x;y":3,"__parsed_extra":["5;4",5]},{"x;y":null}]
papaparse, delimiter not given, without it: delimiter ;, [{"x":"1,5","y":"2,5"},{"x":"3,5","y":"4,5"}]
EXPECTED
node "$place/kinds.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
