#!/usr/bin/env bash
# ConvNetJS descends half of the squared error and tells four times that as its loss; a method that it does not know, adam among them, is plain descent.
#
# Guess before running: the loss that is told is the one whose gradient is used; the methods are those of its demos and an unknown one is an error; a weight
#   that has become NaN is still NaN when the net is read back.
# Seen: for w = 1, x = 1, t = 3 the loss is 8 and the gradient -2, where differences of that loss say -8: the loss is 2 (y - t)^2, the gradient that of
#   (y - t)^2/2. adam, nesterov, rmsprop and any other word take the steps of sgd with momentum. NaN comes back from JSON as 0. What decay adds to the loss
#   and to the gradient does agree.
# Who meets it: who checks a gradient by differences, weighs decay against the loss, or compares loss curves with another program.
# Versions: convnetjs@0.3.0; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" convnetjs@0.3.0 > "$place/npm.log"
cat > "$place/probe.cjs" <<'PROBE'
const convnetjs = require("convnetjs");

function line() {
  const net = new convnetjs.Net();
  net.makeLayers([{ type: "input", out_sx: 1, out_sy: 1, out_depth: 1 }, { type: "regression", num_neurons: 1 }]);
  const [weight, bias] = net.getParamsAndGrads();
  weight.params[0] = 1;
  bias.params[0] = 0;
  return { net, weight };
}

const x = new convnetjs.Vol([1]);
const lossAt = (value) => {
  const { net, weight } = line();
  weight.params[0] = value;
  net.forward(x, true);
  return net.backward([3]);
};
const { net, weight } = line();
net.forward(x, true);
console.log(`w = 1, x = 1, t = 3: loss ${net.backward([3])}, gradient ${weight.grads[0]}, by differences of the loss ${((lossAt(1.001) - lossAt(0.999)) / 0.002).toFixed(3)}`);
for (const method of ["sgd", "adam", "nesterov", "rmsprop", "adagrad", "nonsense"]) {
  const { net, weight } = line();
  const trainer = new convnetjs.Trainer(net, { method, learning_rate: 0.1, momentum: 0.9, batch_size: 1 });
  const steps = [];
  for (let step = 0; step < 3; step++) {
    trainer.train(x, [3]);
    steps.push(weight.params[0].toFixed(4));
  }
  console.log(`${method}: w = ${steps.join(", ")}`);
}
const parts = line();
const trainer = new convnetjs.Trainer(parts.net, { learning_rate: 0.1, momentum: 0, batch_size: 1, l2_decay: 0.5 });
console.log("l2_decay 0.5, momentum 0: loss told", trainer.train(x, [3]).loss, "w", parts.weight.params[0]);
parts.weight.params[0] = NaN;
const again = new convnetjs.Net();
again.fromJSON(JSON.parse(JSON.stringify(parts.net.toJSON())));
console.log("a weight that is NaN comes back from JSON as", again.getParamsAndGrads()[0].params[0]);
PROBE
cat > "$place/expected" <<'EXPECTED'
w = 1, x = 1, t = 3: loss 8, gradient -2, by differences of the loss -8.000
sgd: w = 1.2000, 1.5400, 1.9380
adam: w = 1.2000, 1.5400, 1.9380
nesterov: w = 1.2000, 1.5400, 1.9380
rmsprop: w = 1.2000, 1.5400, 1.9380
adagrad: w = 1.1000, 1.1669, 1.2195
nonsense: w = 1.2000, 1.5400, 1.9380
l2_decay 0.5, momentum 0: loss told 8.25 w 1.15
a weight that is NaN comes back from JSON as 0
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
