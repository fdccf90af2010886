#!/usr/bin/env bash
# neataptic learns by one cost whichever is chosen, and by the wrong sign through a softsign.
#
# Guess before running: a network is trained for the cost that is named, so that MSE, MAE, HINGE and CROSS_ENTROPY take different steps; the slope
#   that an activation gives is the slope of its value.
# Seen: one step with five costs leads to one and the same weight: the cost makes the number that is told, and the step is always by target less output.
#   SOFTSIGN gives x/(1 + |x|)^2 for its slope, which is 1/(1 + |x|)^2: negative for negative x, and 0 at 0. MSLE of target 0 and output 1 is -34.5, so
#   that the worst output has the least cost.
# Who meets it: who compares costs or activations in a page for a class: the curves differ while the learning is the same, and half of a hidden layer of
#   softsigns learns uphill.
# Versions: neataptic 1.4.7; Node 20. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund neataptic@1.4.7
cat > "$place/neataptic.cjs" <<'PROBE'
const { Network, methods } = require("neataptic");

for (const name of ["MSE", "MAE", "HINGE", "MSLE", "CROSS_ENTROPY"]) {
  const network = new Network(1, 1);
  network.connections[0].weight = 0.5;
  network.nodes[1].bias = 0;
  const { error } = network.train([{ input: [1], output: [1] }], { rate: 0.1, iterations: 1, error: 0, cost: methods.cost[name] });
  console.log(`${name}: told ${error.toFixed(6)}, weight after a step ${network.connections[0].weight.toFixed(6)}`);
}
for (const x of [-1.5, -0.3, 0, 0.3]) {
  const softsign = methods.activation.SOFTSIGN;
  const slope = (softsign(x + 1e-6) - softsign(x - 1e-6)) / 2e-6;
  console.log(`softsign at ${x}: slope given ${softsign(x, true).toFixed(4)}, measured ${slope.toFixed(4)}`);
}
console.log("MSLE of target 0, output 1:", methods.cost.MSLE([0], [1]).toFixed(1));
PROBE
cat > "$place/expected" <<'EXPECTED'
MSE: told 0.142537, weight after a step 0.537754
MAE: told 0.377541, weight after a step 0.537754
HINGE: told 0.377541, weight after a step 0.537754
MSLE: told 0.474077, weight after a step 0.537754
CROSS_ENTROPY: told 0.474077, weight after a step 0.537754
softsign at -1.5: slope given -0.2400, measured 0.1600
softsign at -0.3: slope given -0.1775, measured 0.5917
softsign at 0: slope given 0.0000, measured 1.0000
softsign at 0.3: slope given 0.1775, measured 0.5917
MSLE of target 0, output 1: -34.5
EXPECTED
node "$place/neataptic.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
