#!/usr/bin/env bash
# tf.train.adadelta of TensorFlow.js is plain gradient descent: each step is the rate times the gradient.
#
# Guess before running: Adadelta scales the gradient by the root of what its steps were over the root of what the gradients were, so that its
#   first steps are small and hardly depend on the size of the gradient: some 0.0001 at a rate of 0.1, as in torch and by the paper.
# Seen: the steps are those of tf.train.sgd with the same rate, to the last digit, whether the gradient is 1, 0.001 or changes. The quotient is
#   made of both averages as they were before the step; both begin at 0 and take in the same squares, so that it stays 1.
# Who meets it: who compares optimisers in the browser: what is drawn as Adadelta is gradient descent, at the default rate of 0.001 a slow one.
# Versions: @tensorflow/tfjs 4.22.0; Node 20. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
cat > "$place/adadelta.cjs" <<'PROBE'
console.warn = () => {};
const tf = require("@tensorflow/tfjs");

const losses = { "x": (x) => x.mul(1), "x / 1000": (x) => x.div(1000), "(x - 3)^2": (x) => x.sub(3).square() };

function steps(loss, optimizer) {
  const x = tf.variable(tf.scalar(0));
  const places = [0];
  for (let step = 0; step < 4; step++) {
    optimizer.minimize(() => loss(x));
    places.push(x.dataSync()[0]);
  }
  return places.slice(1).map((place, step) => (place - places[step]).toPrecision(4)).join(" ");
}

/* Adadelta as in the paper, with the factors of tf.train.adadelta. */
function paper(loss) {
  let x = 0, gradients = 0, updates = 0;
  const seen = [];
  for (let step = 0; step < 4; step++) {
    const gradient = tf.grad(loss)(tf.scalar(x)).dataSync()[0];
    gradients = 0.95 * gradients + 0.05 * gradient ** 2;
    const update = (Math.sqrt(updates + 1e-7) / Math.sqrt(gradients + 1e-7)) * gradient;
    updates = 0.95 * updates + 0.05 * update ** 2;
    x -= 0.1 * update;
    seen.push((-0.1 * update).toPrecision(4));
  }
  return seen.join(" ");
}

tf.setBackend("cpu").then(() => {
  for (const [name, loss] of Object.entries(losses)) {
    console.log(`loss ${name}: adadelta ${steps(loss, tf.train.adadelta(0.1))}`);
    console.log(`  sgd ${steps(loss, tf.train.sgd(0.1))}; by the paper ${paper(loss)}`);
  }
});
PROBE
cat > "$place/expected" <<'EXPECTED'
loss x: adadelta -0.1000 -0.1000 -0.1000 -0.1000
  sgd -0.1000 -0.1000 -0.1000 -0.1000; by the paper -0.0001414 -0.0001432 -0.0001444 -0.0001454
loss x / 1000: adadelta -0.0001000 -0.0001000 -0.0001000 -0.0001000
  sgd -0.0001000 -0.0001000 -0.0001000 -0.0001000; by the paper -0.00008165 -0.00008216 -0.00008257 -0.00008291
loss (x - 3)^2: adadelta 0.6000 0.4800 0.3840 0.3072
  sgd 0.6000 0.4800 0.3840 0.3072; by the paper 0.0001414 0.0001432 0.0001444 0.0001454
EXPECTED
node "$place/adadelta.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
