#!/usr/bin/env bash
# The reference evaluator of ONNX overflows in LogSoftmax where onnxruntime does not.
#
# Guess before running: the reference evaluator, which other runtimes are tested against, gives
#   LogSoftmax([0, 1000]) = [-1000, 0].
# Seen: [-inf, 0]: it takes the logarithm of the softmax, which has become 0; onnxruntime gives [-1000, 0].
# Who meets it: who takes the reference evaluator as the judge of a loss: confident predictions come out
#   as an infinite loss.
# Versions: numpy==2.4.6, onnx==1.23.2, onnxruntime==1.32.0; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0
cat > "$place/probe.py" <<'PROBE'
import warnings

import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

warnings.simplefilter("ignore")
x, y = (helper.make_tensor_value_info(name, TensorProto.DOUBLE, [1, 2]) for name in "xy")
graph = helper.make_graph([helper.make_node("LogSoftmax", ["x"], ["y"])], "one", [x], [y])
made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
feed = {"x": np.array([[0.0, 1000.0]])}
print("reference", ReferenceEvaluator(made).run(None, feed)[0].tolist())
session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
print("onnxruntime", session.run(None, feed)[0].tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
reference [[-inf, 0.0]]
onnxruntime [[-1000.0, 0.0]]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
