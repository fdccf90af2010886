#!/usr/bin/env bash
# In TensorFlow.js the slope of |x| at 0 is -1, so that the absolute loss pulls at a perfect prediction.
#
# Guess before running: 0, as in TensorFlow for Python, torch and sympy, or 1, as in jax; and
#   absoluteDifference has gradient 0 where prediction and label are equal.
# Seen: -1, and 1 for the prediction of absoluteDifference(label, prediction) at equality. The largest of
#   (2, 2, 1) gives its slope to both 2s whole, 1 and 1, which makes 2 together; floorDiv(5, 2), constant
#   almost everywhere, has the slopes 0.5 and -1.25.
# Who meets it: who compares a page that trains in the browser with nodegraph, where abs'(0) = 0 and tied
#   inputs share one slope: numbers differ exactly where examples like to stand, at 0 and at ties.
# Versions: @tensorflow/tfjs@4.22.0; Node 20. Needs node with npm and a package registry. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > "$place/probe.cjs" <<'PROBE'
process.env.TF_CPP_MIN_LOG_LEVEL = "3";
console.warn = () => {};
const tf = require("@tensorflow/tfjs");

const slopes = (f, ...inputs) =>
  tf.grads(f)(inputs.map((value) => tf.tensor(value))).map((slope) => Array.from(slope.dataSync()).join(" ")).join(", ");

(async () => {
  await tf.setBackend("cpu");
  await tf.ready();
  console.log("abs at 0:", slopes((x) => tf.abs(x), 0));
  console.log("absoluteDifference(0, x) at 0:", slopes((x) => tf.losses.absoluteDifference(tf.scalar(0), x), 0));
  console.log("max of 2, 2, 1:", slopes((x) => tf.max(x), [2, 2, 1]));
  console.log("maximum(2, 2):", slopes((a, b) => tf.maximum(a, b), 2, 2));
  console.log("floorDiv(5, 2):", slopes((a, b) => tf.floorDiv(a, b), 5, 2));
  console.log("relu at 0:", slopes((x) => tf.relu(x), 0));
})();
PROBE
cat > "$place/expected" <<'EXPECTED'
abs at 0: -1
absoluteDifference(0, x) at 0: 1
max of 2, 2, 1: 1 1 0
maximum(2, 2): 1, 0
floorDiv(5, 2): 0.5, -1.25
relu at 0: 0
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
