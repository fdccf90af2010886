#!/usr/bin/env bash
# AsciiMath sets dL/da as d(L/d)a, 1.5e-3 as 1.5 times e less 3, and the word input as "is an element of put".
#
# Guess before running: dL/da is one fraction, as one writes it on paper; 1.5e-3 is one number; a word that is no
#   name of AsciiMath is set letter by letter.
# Seen: the fraction takes one letter each side: d, then L over d, then a (asciimath-parser alone takes da below it); so del L/del
#   a, as well. 1.5e-3 is 1.5 e - 3. "in" at the head of input becomes the sign of membership. asciimath-parser reads dd and what
#   follows as a derivative, so that hidden has an empty denominator.
# Who meets it: who writes a chain rule or a small number in AsciiMath, in a forum or a notebook: a false formula, without an error.
#   Bracket both sides, (dL)/(da), and quote words. nodegraph writes LaTeX.
# Versions: asciimath-parser@0.6.11, asciimath2tex@1.5.0, ascii-math@2.0.0; Node 20. Needs node with npm and a package registry.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund asciimath-parser@0.6.11 asciimath2tex@1.5.0 ascii-math@2.0.0
cat > "$place/probe.mjs" <<'PROBE'
import { createRequire } from "node:module";
import { AsciiMath } from "asciimath-parser";

const require = createRequire(import.meta.url);
const asciimath2tex = require("asciimath2tex");
const asciiMath = require("ascii-math");

const parser = new AsciiMath();
const converter = new (asciimath2tex.default ?? asciimath2tex)();
const readers = {
  "asciimath-parser": (text) => parser.toTex(text, { display: false }),
  asciimath2tex: (text) => converter.parse(text),
  "ascii-math": (text) => asciiMath(text).toString().replace(/<\/?(math|mstyle)[^>]*>/g, ""),
};
for (const text of ["dL/da", "del L/del a", "1.5e-3", "input", "hidden"]) {
  console.log(text);
  for (const [name, read] of Object.entries(readers)) {
    console.log(`  ${name}: ${read(text).trim().replace(/\s+/g, " ")}`);
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
dL/da
  asciimath-parser: d \frac{ L }{ da }
  asciimath2tex: d \frac{L}{d} a
  ascii-math: <mi>d</mi><mfrac><mi>L</mi><mi>d</mi></mfrac><mi>a</mi>
del L/del a
  asciimath-parser: \partial \frac{ L }{ \partial } a
  asciimath2tex: \partial \frac{L}{\partial} a
  ascii-math: <mo>&part;</mo><mfrac><mi>L</mi><mo>&part;</mo></mfrac><mi>a</mi>
1.5e-3
  asciimath-parser: 1.5 e - 3
  asciimath2tex: 1.5 e - 3
  ascii-math: <mn>1.5</mn><mi>e</mi><mo>-</mo><mn>3</mn>
input
  asciimath-parser: \in p u t
  asciimath2tex: \in p u t
  ascii-math: <mo>&isin;</mo><mi>p</mi><mi>u</mi><mi>t</mi>
hidden
  asciimath-parser: h i \frac{ \mathrm{d} en }{ }
  asciimath2tex: h i d d e n
  ascii-math: <mi>h</mi><mi>i</mi><mi>d</mi><mi>d</mi><mi>e</mi><mi>n</mi>
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
