#!/usr/bin/env bash
# SVGO removes a circle of 0.0004 units from a picture 0.01 units wide, the lines of a plot in small units, and whatever a script or an animation is to show later.
#
# Guess before running: numbers are rounded as far as the viewBox allows, so that the picture looks the same; a part with opacity 0, an id and an <animate>
#   is kept, for it will be seen.
# Seen: numbers are rounded to three decimals whatever the viewBox: the circle has radius 0 and is removed, a stroke of 0.0001 goes with its colour, and
#   points move by a twenty-fifth of the picture. Parts with opacity 0, display none or visibility hidden are removed, also where an <animate> within
#   raises the opacity.
# Who meets it: who makes smaller a plot whose axes are its data, such as learning rates, or a picture that shows one step after another: empty, and
#   without a warning. Set floatPrecision and switch removeHiddenElems off.
# Versions: svgo@4.1.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts svgo@4.1.0
cat > "$place/small.mjs" <<'PROBE'
import { optimize } from "svgo";

const wrap = (view, body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}">${body}</svg>`;
const cases = {
  "a circle": wrap("0 0 .01 .01", '<circle cx=".0004" cy=".0004" r=".0004"/>'),
  "a curve": wrap("0 0 .01 .01", '<path fill="none" stroke="red" stroke-width=".0001" d="M0 .0012L.0031 .0044L.01 .0012"/>'),
  "the same curve in larger units": wrap("0 0 100 100", '<path fill="none" stroke="red" stroke-width="1" d="M0 12L31 44L100 12"/>'),
  "a later step": wrap("0 0 9 9", '<rect id="step-2" opacity="0" width="5" height="5"/>'),
  "an animated part": wrap("0 0 9 9", '<rect opacity="0" width="5" height="5"><animate attributeName="opacity" values="0;1" dur="1s"/></rect>'),
};
for (const [name, text] of Object.entries(cases)) {
  for (const [how, options] of Object.entries({
    standard: {},
    careful: { floatPrecision: 8, plugins: [{ name: "preset-default", params: { overrides: { removeHiddenElems: false } } }] },
  })) {
    console.log(`${name}, ${how}: ${optimize(text, options).data.replace(/^<svg[^>]*>|<\/svg>$|\/>$/g, "") || "nothing"}`);
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
a circle, standard: nothing
a circle, careful: <circle cx=".0004" cy=".0004" r=".0004"/>
a curve, standard: <path fill="none" d="m0 .001.003.003L.01.001"/>
a curve, careful: <path fill="none" stroke="red" stroke-width=".0001" d="m0 .0012.0031.0032L.01.0012"/>
the same curve in larger units, standard: <path fill="none" stroke="red" d="m0 12 31 32 69-32"/>
the same curve in larger units, careful: <path fill="none" stroke="red" d="m0 12 31 32 69-32"/>
a later step, standard: nothing
a later step, careful: <path d="M0 0h5v5H0z" opacity="0"/>
an animated part, standard: nothing
an animated part, careful: <path d="M0 0h5v5H0z" opacity="0"><animate attributeName="opacity" dur="1s" values="0;1"/></path>
EXPECTED
node "$place/small.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
