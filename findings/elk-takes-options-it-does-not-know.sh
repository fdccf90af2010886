#!/usr/bin/env bash
# ELK lays out to the right for a direction written Down, and takes any option that it does not know; a label without a size gets no room.
#
# Guess before running: an option or a value that ELK does not know is refused, as an unknown algorithm is: the message for 'layerd' is clear. A label
#   without width and height gets some room for its text, or an error.
# Seen: elk.direction is DOWN in capitals alone: Down and down give the standard, to the right, without a word; so does a name of an option with a letter
#   too many. An edge label of twelve letters without a size gets none, though the distance between nodes grows by 20, and text drawn there lies over the
#   nodes. A node without a size is a point.
# Who meets it: who lays out a graph in a page with elkjs, or reads its options from a file: the picture runs another way than was asked, and nothing tells
#   why. Compare with elk.knownLayoutOptions().
# Versions: elkjs@0.12.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts elkjs@0.12.1
cat > "$place/options.cjs" <<'PROBE'
const ELK = require("elkjs");

const elk = new ELK();
const node = (id) => ({ id, width: 40, height: 20 });

async function show(name, layoutOptions, label) {
  const edge = { id: "e", sources: ["a"], targets: ["b"], labels: label ? [label] : [] };
  try {
    const graph = await elk.layout({ id: "root", layoutOptions, children: [node("a"), node("b")], edges: [edge] });
    const places = graph.children.map((child) => `${child.id} at ${child.x}, ${child.y}`).join("; ");
    const labels = graph.edges[0].labels.map((each) => `; label ${each.width} by ${each.height}`).join("");
    console.log(`${name}: ${places}${labels}`);
  } catch (error) {
    console.log(`${name}: refused, ${error.message.split(":").pop().trim().split(" for ")[0]}`);
  }
}

(async () => {
  for (const direction of ["DOWN", "Down", "down", "DOWNWARDS"]) await show(`direction ${direction}`, { "elk.direction": direction });
  await show("algorithm layerd", { "elk.algorithm": "layerd" });
  await show("elk.layered.spacing.nodeNodeBetweenLayers 200", { "elk.layered.spacing.nodeNodeBetweenLayers": "200" });
  await show("elk.layered.spacing.nodeNodesBetweenLayers 200", { "elk.layered.spacing.nodeNodesBetweenLayers": "200" });
  await show("a label without a size", {}, { text: "a long label" });
  await show("a label with a size", {}, { text: "a long label", width: 80, height: 12 });
  const known = (await elk.knownLayoutOptions()).some((option) => option.id.endsWith("nodeNodesBetweenLayers"));
  console.log("the misspelt option is known:", known);
})();
PROBE
cat > "$place/expected" <<'EXPECTED'
direction DOWN: a at 12, 12; b at 12, 52
direction Down: a at 12, 12; b at 72, 12
direction down: a at 12, 12; b at 72, 12
direction DOWNWARDS: a at 12, 12; b at 72, 12
algorithm layerd: refused, Layout algorithm 'layerd' not found
elk.layered.spacing.nodeNodeBetweenLayers 200: a at 12, 12; b at 252, 12
elk.layered.spacing.nodeNodesBetweenLayers 200: a at 12, 12; b at 72, 12
a label without a size: a at 12, 12; b at 92, 12; label 0 by 0
a label with a size: a at 12, 12; b at 172, 12; label 80 by 12
the misspelt option is known: false
EXPECTED
node "$place/options.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
