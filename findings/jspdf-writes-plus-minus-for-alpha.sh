#!/usr/bin/env bash
# jsPDF writes other signs for those that its fonts lack: "α = 0.5" becomes "± = 0.5" and "−4" becomes a quote and a 4.
#
# Guess before running: an error, or a replacement sign that one sees.
# Seen: neither. Each character beyond Latin-1 is taken by its two bytes: α is ±, the minus sign U+2212 and ∂ are a quotation mark with a control
#   character, ≤ is a quotation mark and d, → an exclamation mark and a quote. ², × and · arrive.
# Who meets it: who saves a figure of gradients from a page with it: "rate α = 0.5" reads "± = 0.5", and a negative number has lost its minus. Add a
#   font of your own first.
# Versions: jspdf@4.2.1; Node 20; pdftotext of poppler 22.12. Needs node with npm, a package registry and pdftotext. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm init -y > /dev/null && npm install --silent --no-audit --no-fund --ignore-scripts jspdf@4.2.1 > /dev/null 2>&1)
cat > "$place/probe.cjs" <<'PROBE'
const { jsPDF } = require("jspdf");
const page = new jsPDF();
["α = 0.5", "∂L/∂a = −4", "a ≤ b → c", "x² × 2 · y"].forEach((line, i) => page.text(line, 10, 20 + 15 * i));
require("fs").writeFileSync("probe.pdf", Buffer.from(page.output("arraybuffer")));
PROBE
cat > "$place/expected" <<'EXPECTED'
± = 0.5
"L/"a = "4
a "d b !’ c
x² × 2 · y
EXPECTED
(cd "$place" && node probe.cjs && pdftotext -layout probe.pdf - | LC_ALL=C.UTF-8 sed 's/[^[:print:]]//g' | grep .) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
