#!/usr/bin/env bash
# evaluatex takes \sqrt[3]{8} for 8 times the root of 3, and sin 2x for sin(2) times x.
#
# Guess before running: in its mode for LaTeX, \sqrt[3]{8} is 2 as \sqrt{16} is 4, and \ln is known as \log is; sin 2x is the
#   sine of 2x, as one writes it; 1e-3 is a thousandth.
# Seen: \sqrt[3]{8} is 13.86: what stands between the square brackets is the root and 8 a factor. sin 2x is 2.73 at
#   x = 3, sin(2)·3, in both modes; \ln x is refused with an inner error and 1e-3 as an unknown symbol e. x^12 is 6, as TeX sets it.
# Who meets it: who lets people type LaTeX and computes with evaluatex, which its page offers for that: values and
#   numerical slopes of another formula than the one that is shown. Write a root with an index as a power, x^{1/3}, and sin(2x).
# Versions: evaluatex@2.2.0; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund evaluatex@2.2.0
cat > "$place/evaluatex.mjs" <<'PROBE'
import { createRequire } from "module";

const loaded = createRequire(import.meta.url)("evaluatex");
const evaluatex = loaded.default ?? loaded;

const show = (text, latex) => {
  try {
    console.log(latex ? "LaTeX" : "plain", text, "is", evaluatex(text, { x: 3 }, { latex })());
  } catch (error) {
    console.log(latex ? "LaTeX" : "plain", text, "is refused:", error.message);
  }
};
for (const text of ["\\sqrt[3]{8}", "\\sqrt{16}", "x^12", "x^{12}", "\\frac{1}{2}x", "\\sin 2x", "\\ln x"]) show(text, true);
for (const text of ["sin 2x", "sin(2x)", "1/2x", "1e-3"]) show(text, false);
PROBE
cat > "$place/expected" <<'EXPECTED'
LaTeX \sqrt[3]{8} is 13.856406460551018
LaTeX \sqrt{16} is 4
LaTeX x^12 is 6
LaTeX x^{12} is 531441
LaTeX \frac{1}{2}x is 1.5
LaTeX \sin 2x is 2.727892280477045
LaTeX \ln x is refused: this.value.apply is not a function
plain sin 2x is 2.727892280477045
plain sin(2x) is -0.27941549819892586
plain 1/2x is 1.5
plain 1e-3 is refused: Symbol e is undefined or not a number
EXPECTED
node "$place/evaluatex.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
