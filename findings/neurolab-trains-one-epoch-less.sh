#!/usr/bin/env bash
# neurolab's train(epochs=1) moves no weight: n epochs make n − 1 steps, and the history of errors begins before the first of them.
#
# Guess before running: train_gd with epochs=1 and lr=0.1 makes one step, which takes w from 1 to 1.6 for w·2 and the target 5 (the error is half the
#   square); momentum leaves a first step as it is.
# Seen: after epochs=1 w is 1 and one error, 4.5, is told; after 2 it is 1.6. train_gdm, with its momentum of 0.9, makes a first step of a tenth, 1.06,
#   as it takes 0.9 of the step before and 0.1 of this one.
# Who meets it: who compares a step by hand, or a curve of losses, with the library's: all is moved by one, and a net trained for one epoch is untrained
#   without a word.
# Versions: neurolab==0.3.5, numpy==1.26.4; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check neurolab==0.3.5 numpy==1.26.4
cat > "$place/probe.py" <<'PROBE'
import neurolab as nl

for train in (nl.train.train_gd, nl.train.train_gdm):
    for epochs in (1, 2, 3):
        net = nl.net.newff([[0, 10]], [1], [nl.trans.PureLin()])
        net.layers[0].np["w"][:], net.layers[0].np["b"][:], net.trainf = 1, 0, train
        errors = net.train([[2.0]], [[5.0]], epochs=epochs, lr=0.1, goal=0, show=None, adapt=False)
        name = "train_gd" if train is nl.train.train_gd else "train_gdm"
        print(f"{name}, epochs={epochs}: w {net.layers[0].np['w'][0][0]:.4g}, errors", *(f"{error:.4g}" for error in errors))
PROBE
cat > "$place/expected" <<'EXPECTED'
train_gd, epochs=1: w 1, errors 4.5
train_gd, epochs=2: w 1.6, errors 4.5 1.125
train_gd, epochs=3: w 1.9, errors 4.5 1.125 0.2812
train_gdm, epochs=1: w 1, errors 4.5
train_gdm, epochs=2: w 1.06, errors 4.5 4.061
train_gdm, epochs=3: w 1.171, errors 4.5 4.061 3.309
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null | grep -v 'maximum number' > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
