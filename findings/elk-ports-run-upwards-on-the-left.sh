#!/usr/bin/env bash
# ELK stacks the ports of a node's left side from below, also where each is given its index.
#
# Guess before running: two inputs, port.index 0 and 1, fixed in order on the west side, stand one below
#   the other: 0 above 1, as on the east side.
# Seen: 0 stands below 1: the order runs clockwise around the node. On the east side 0 is above, on the
#   north side left. The node that feeds port 0 is placed low, too.
# Who meets it: who lays out a graph whose operands have an order: a - b is drawn with b above a. Number
#   the ports of the left side backwards.
# Versions: elkjs@0.12.1; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund elkjs@0.12.1
cat > "$place/probe.cjs" <<'PROBE'
const ELK = require("elkjs");

const port = (index, side) => ({
  id: "in" + index,
  layoutOptions: { "elk.port.side": side, "elk.port.index": String(index) },
});
const node = (id) => ({ id, width: 30, height: 30 });
const by = (key, things) => [...things].sort((one, other) => one[key] - other[key]).map((thing) => thing.id).join(" ");

(async () => {
  for (const [side, key] of [["WEST", "y"], ["EAST", "y"], ["NORTH", "x"]]) {
    const difference = { ...node("difference"), height: 60, ports: [port(0, side), port(1, side)] };
    difference.layoutOptions = { "elk.portConstraints": "FIXED_ORDER" };
    const graph = await new ELK().layout({
      id: "graph",
      layoutOptions: { "elk.algorithm": "layered", "elk.direction": "RIGHT" },
      children: [node("a"), node("b"), difference],
      edges: [0, 1].map((i) => ({ id: "e" + i, sources: ["ab"[i]], targets: ["in" + i] })),
    });
    console.log(side, key === "y" ? "from above:" : "from the left:", by(key, graph.children[2].ports),
      "fed by", by("y", graph.children.slice(0, 2)), "from above");
  }
})();
PROBE
cat > "$place/expected" <<'EXPECTED'
WEST from above: in1 in0 fed by b a from above
EAST from above: in0 in1 fed by a b from above
NORTH from the left: in0 in1 fed by b a from above
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
