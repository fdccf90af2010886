#!/usr/bin/env bash
# In tract the sigmoid of every number below −15 is 4.77e-07, that of NaN too, and the ReLU of NaN is 0.
#
# Guess before running: sigmoid(−100) is 3.8e-44 or 0, tanh(20) is 1, NaN stays NaN, as in ONNX Runtime and numpy; log-softmax of 1000, 0, 1 is 0,
#   −1000, −999.
# Seen: sigmoid(−20) = sigmoid(−100) = 4.7684e-07 (2⁻²¹) and sigmoid(20) = 1 − 2⁻²¹; tanh(20) = 0.99999928; sigmoid(NaN) = 4.7684e-07, tanh(NaN) =
#   −0.99999928, ReLU(NaN) = 0; LogSoftmax gives −∞ where −1000 and −999 are; doubles are refused for Sigmoid.
# Who meets it: who runs an exported network there: a net that has become NaN answers with calm numbers, a cross-entropy of a sure mistake ends at 14.6
#   in place of 100, and of one by log-softmax is infinite.
# Versions: tract==0.23.9, onnx==1.23.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check tract==0.23.9 onnx==1.23.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import sys

import numpy as np
import onnx
import tract
from onnx import TensorProto, helper


def ask(operator, inputs, **attributes):
    node = helper.make_node(operator, ["x"], ["y"], **attributes)
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [len(inputs)]) for name in "xy"]
    graph = helper.make_graph([node], "one", ends[:1], ends[1:])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), sys.argv[1])
    model = tract.onnx().load(sys.argv[1]).into_model().into_runnable()
    answers = model.run([np.array(inputs, np.float32)])[0].to_numpy()
    print(operator, *(f"{x:g}: {y:.9g};" for x, y in zip(inputs, answers)))


nan = float("nan")
ask("Sigmoid", [-100.0, -20.0, 0.0, 20.0, nan])
ask("Tanh", [-20.0, 0.0, 20.0, nan])
ask("Relu", [-1.0, 1.0, nan])
ask("LogSoftmax", [1000.0, 0.0, 1.0], axis=0)
PROBE
cat > "$place/expected" <<'EXPECTED'
Sigmoid -100: 4.76837158e-07; -20: 4.76837158e-07; 0: 0.5; 20: 0.999999523; nan: 4.76837158e-07;
Tanh -20: -0.999999285; 0: 0; 20: 0.999999285; nan: -0.999999285;
Relu -1: 0; 1: 1; nan: 0;
LogSoftmax 1000: 0; 0: -inf; 1: -inf;
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/one.onnx" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
