#!/usr/bin/env bash
# SVGO makes a path of every rect, and leaves rules for rect in the style sheet: two red cards turn black, and a graph has no dark mode and no hover.
#
# Guess before running: svgo, with its standard plugins, changes how an SVG is written and not how it looks: rect{...}, rect:hover and a rule for a dark
#   page hold for the rectangles after it as before.
# Seen: the rule is kept where it is for more than one rectangle, or for hover or a dark page, and there is no rect any more: convertShapeToPath has made
#   paths of all. The rule for a single rectangle is moved into it and stays true. line and polyline become paths as well; circles stay, and rules for
#   classes hold.
# Who meets it: who makes an exported graph smaller before it goes into a page: cards that were coloured by a rule are black, or stay white on a dark page.
#   Give rules classes, or switch convertShapeToPath off.
# Versions: svgo@4.1.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts svgo@4.1.0
cat > "$place/rules.mjs" <<'PROBE'
import { optimize } from "svgo";

const wrap = (style, body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>${style}</style>${body}</svg>`;
const cases = {
  "rect{fill:red}": '<rect width="5" height="5"/>',
  "rect{fill:pink}": '<rect width="5" height="5"/><rect x="6" width="3" height="5"/>',
  "rect:hover{fill:red}": '<rect width="5" height="5"/>',
  "@media (prefers-color-scheme:dark){rect{fill:#fff}}": '<rect width="5" height="5"/>',
  "line:hover{stroke:red}": '<line x2="5" y2="5" stroke="#00f"/>',
  "circle:hover{fill:red}": '<circle cx="4" cy="4" r="3"/>',
  ".card:hover{fill:red}": '<rect class="card" width="5" height="5"/>',
};
for (const [style, body] of Object.entries(cases)) {
  const shapes = { plugins: [{ name: "preset-default", params: { overrides: { convertShapeToPath: false } } }] };
  for (const [name, options] of Object.entries({ standard: {}, "shapes kept": shapes })) {
    console.log(`${style}, ${name}: ${optimize(wrap(style, body), options).data.replace(/^<svg[^>]*>|<\/svg>$/g, "")}`);
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
rect{fill:red}, standard: <path d="M0 0h5v5H0z" style="fill:red"/>
rect{fill:red}, shapes kept: <rect width="5" height="5" style="fill:red"/>
rect{fill:pink}, standard: <style>rect{fill:pink}</style><path d="M0 0h5v5H0zM6 0h3v5H6z"/>
rect{fill:pink}, shapes kept: <style>rect{fill:pink}</style><rect width="5" height="5"/><rect width="3" height="5" x="6"/>
rect:hover{fill:red}, standard: <style>rect:hover{fill:red}</style><path d="M0 0h5v5H0z"/>
rect:hover{fill:red}, shapes kept: <style>rect:hover{fill:red}</style><rect width="5" height="5"/>
@media (prefers-color-scheme:dark){rect{fill:#fff}}, standard: <style>@media (prefers-color-scheme:dark){rect{fill:#fff}}</style><path d="M0 0h5v5H0z"/>
@media (prefers-color-scheme:dark){rect{fill:#fff}}, shapes kept: <style>@media (prefers-color-scheme:dark){rect{fill:#fff}}</style><rect width="5" height="5"/>
line:hover{stroke:red}, standard: <style>line:hover{stroke:red}</style><path stroke="#00f" d="m0 0 5 5"/>
line:hover{stroke:red}, shapes kept: <style>line:hover{stroke:red}</style><line x2="5" y2="5" stroke="#00f"/>
circle:hover{fill:red}, standard: <style>circle:hover{fill:red}</style><circle cx="4" cy="4" r="3"/>
circle:hover{fill:red}, shapes kept: <style>circle:hover{fill:red}</style><circle cx="4" cy="4" r="3"/>
.card:hover{fill:red}, standard: <style>.card:hover{fill:red}</style><path d="M0 0h5v5H0z" class="card"/>
.card:hover{fill:red}, shapes kept: <style>.card:hover{fill:red}</style><rect width="5" height="5" class="card"/>
EXPECTED
node "$place/rules.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
