#!/usr/bin/env bash
# MLX's Adam takes three times the step of torch's at first, and its Adamax a tenth: neither corrects its bias.
#
# Guess before running: with the same rate, Adam takes the steps of torch, optax and keras: the first is the rate, whatever
#   the gradient; so does Adamax.
# Seen: with rate 0.1 and a constant gradient Adam goes 0.316, 0.425 and 0.495 where torch goes 0.1 each time, and Adamax 0.01, 0.019 and
#   0.027 where torch goes 0.1: the running means start at 0 and are taken as they are. Adam has bias_correction=True, with which the
#   steps are torch's; Adamax has no such choice. Momentum and Adagrad move as torch's do.
# Who meets it: who ports a training run to MLX with its learning rate: it starts three times as fast as before, enough to leave a narrow
#   valley.
# Versions: mlx[cpu]==0.32.4; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check 'mlx[cpu]==0.32.4'
cat > "$place/steps.py" <<'PROBE'
import mlx.core as mx
import mlx.optimizers as optimizers

mx.set_default_device(mx.cpu)
RATE = 0.1
CHOICES = {
    "Adam": optimizers.Adam(RATE),
    "Adam with bias_correction": optimizers.Adam(RATE, bias_correction=True),
    "Adamax": optimizers.Adamax(RATE),
    "Adagrad": optimizers.Adagrad(RATE),
    "SGD with momentum 0.9": optimizers.SGD(RATE, momentum=0.9),
}
for name, optimizer in CHOICES.items():
    weights, steps = {"w": mx.array([1.0])}, []
    for _ in range(3):
        before = weights["w"].item()
        weights = optimizer.apply_gradients({"w": mx.array([2.0])}, weights)
        steps.append(f"{before - weights['w'].item():.4f}")
    print(name, "moves by", *steps)
PROBE
cat > "$place/expected" <<'EXPECTED'
Adam moves by 0.3162 0.4250 0.4950
Adam with bias_correction moves by 0.1000 0.1000 0.1000
Adamax moves by 0.0100 0.0190 0.0271
Adagrad moves by 0.1000 0.0707 0.0577
SGD with momentum 0.9 moves by 0.2000 0.3800 0.5420
EXPECTED
"$place/venv/bin/python" "$place/steps.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
