#!/usr/bin/env bash
# Graphviz with concentrate=true draws a times a with one edge, and a node of two clusters in the first alone; a cluster left empty so is not drawn.
#
# Guess before running: concentrate lets edges share a part of their way, as the manual says, so that both edges from a to the product arrive; a node named
#   in two clusters stands in both, or is refused with a warning.
# Seen: of two edges from a to m one is written, in SVG, JSON and plain text, and no warning. Without concentrate there are two. Of a node b in the
#   clusters x and y, x has it and y is drawn around the rest; a third cluster z that holds b alone is not there, though its title is given.
# Who meets it: who draws a computation graph with less ink: the square looks like a copy of a. And who draws shared layers in the boxes of two networks:
#   one box lacks it.
# Versions: @viz-js/viz@3.31.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts @viz-js/viz@3.31.0
cat > "$place/draw.mjs" <<'PROBE'
import { instance } from "@viz-js/viz";

const viz = await instance();
for (const [name, text] of Object.entries({
  "a times a": "digraph { a -> m; a -> m; m -> L }",
  "a times a, concentrate": "digraph { concentrate=true; a -> m; a -> m; m -> L }",
})) {
  const { output, errors } = viz.render(text, { format: "plain" });
  const drawn = output.split("\n").filter((line) => line.startsWith("edge")).map((line) => line.split(" ").slice(1, 3).join("->"));
  console.log(`${name}: edges ${drawn.join(" ")}, warnings ${errors.length}`);
}
const text = "digraph { subgraph cluster_x { label=x; a; b } subgraph cluster_y { label=y; b; c } subgraph cluster_z { label=z; b } }";
const { output, errors } = viz.render(text, { format: "json" });
const { objects } = JSON.parse(output);
const places = Object.fromEntries(objects.filter((each) => each.pos).map((each) => [each.name, each.pos.split(",").map(Number)]));
for (const cluster of objects.filter((each) => each.name.startsWith("cluster"))) {
  const box = cluster.bb?.split(",").map(Number);
  const inside = Object.entries(places).filter(([, [x, y]]) => box && box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]);
  console.log(`${cluster.name}: drawn ${Boolean(box)}, around ${inside.map(([name]) => name).join(" ") || "nothing"}`);
}
console.log("warnings", errors.length);
PROBE
cat > "$place/expected" <<'EXPECTED'
a times a: edges a->m a->m m->L, warnings 0
a times a, concentrate: edges a->m m->L, warnings 0
cluster_x: drawn true, around a b
cluster_y: drawn true, around c
cluster_z: drawn false, around nothing
warnings 0
EXPECTED
node "$place/draw.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
