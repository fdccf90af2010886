#!/usr/bin/env bash
# ncnn computes the square of −1, and of 0, as 2.4e38 where it is written as a power; tanh(0) is not 0, and NaN comes out of sigmoid as 0.
#
# Guess before running: each layer has numpy's result in single precision to six digits, small numbers too, and NaN stays NaN.
# Seen: BinaryOp with the operation pow and the exponent 2 gives 2.4e38 for 0 and all negative numbers; the operation square is right. TanH of 0 is
#   −5.96e-08 and that of 1e-8 has the wrong sign; Sigmoid of 0 is 0.49999997. NaN becomes 0 in Sigmoid, −1 in TanH, and 1 in Clip and in a Softmax, where
#   all other shares are 0; Softplus of 100 is infinite. ReLU and maximum keep NaN.
# Who meets it: who puts a trained network on a small device: a squared error or a norm by pow overflows, and one NaN looks like a sure answer. Use
#   square, and look for NaN before.
# Versions: ncnn==1.0.20261020, numpy==2.4.6, Python 3.11; on an x86-64 processor. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ncnn==1.0.20261020 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import sys

import ncnn
import numpy as np

NUMBERS = np.array([float("nan"), -1, 0, 1e-8, 0.5, 3, -2, 100], np.float32)


def layer(kind, settings=""):
    with open(sys.argv[1], "w") as file:
        file.write(f"7767517\n2 2\nInput x 0 1 x\n{kind} y 1 1 x y {settings}\n")
    open(sys.argv[2], "w").close()
    network = ncnn.Net()
    network.load_param(sys.argv[1])
    network.load_model(sys.argv[2])
    run = network.create_extractor()
    given = ncnn.Mat(NUMBERS).clone()
    run.input("x", given)
    return [f"{number:.3g}" for number in np.array(run.extract("y")[1])]


print("numbers:        ", [f"{number:.3g}" for number in NUMBERS])
print("pow, exponent 2:", layer("BinaryOp", "0=6 1=1 2=2.0"))
print("square:         ", layer("UnaryOp", "0=4"))
print("TanH:           ", layer("TanH"))
print("Sigmoid:        ", layer("Sigmoid"))
print("Clip to ±1:     ", layer("Clip", "0=-1 1=1"))
print("Softmax:        ", layer("Softmax", "0=0"))
print("Softplus:       ", layer("Softplus"))
print("ReLU:           ", layer("ReLU"))
PROBE
cat > "$place/expected" <<'EXPECTED'
numbers:         ['nan', '-1', '0', '1e-08', '0.5', '3', '-2', '100']
pow, exponent 2: ['0', '2.41e+38', '2.41e+38', '1e-16', '0.25', '9', '2.41e+38', '1e+04']
square:          ['nan', '1', '0', '1e-16', '0.25', '9', '4', '1e+04']
TanH:            ['-1', '-0.762', '-5.96e-08', '-5.96e-08', '0.462', '0.995', '-0.964', '1']
Sigmoid:         ['0', '0.269', '0.5', '0.5', '0.622', '0.953', '0.119', '1']
Clip to ±1:      ['1', '-1', '0', '1e-08', '0.5', '1', '-1', '1']
Softmax:         ['1', '0', '0', '0', '0', '0', '0', '4.16e-39']
Softplus:        ['nan', '0.313', '0.693', '0.693', '0.974', '3.05', '0.127', 'inf']
ReLU:            ['nan', '0', '0', '1e-08', '0.5', '3', '0', '100']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/n.param" "$place/n.bin" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
