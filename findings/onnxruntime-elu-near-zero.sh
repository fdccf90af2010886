#!/usr/bin/env bash
# onnxruntime's Elu loses small negative inputs.
#
# Guess before running: ELU(x) = exp(x) - 1 below 0 is computed so that ELU(-1e-5) = -9.99995e-06, as
#   expm1 gives.
# Seen: -1.00136e-05 at -1e-5 (0.14 % off) and exactly 0 at -1e-8: the subtraction is done in float32;
#   onnx's own reference evaluator is right.
# Who meets it: who compares a gradient by differences with an exported model: near 0 the slope of the
#   left side comes out as 0 or 1.0014 in place of 1.
# Versions: numpy==2.4.6, onnx==1.23.2, onnxruntime==1.32.0; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import onnx
import onnxruntime
from onnx import helper


def model(operator, dtype):
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    x, y = (helper.make_tensor_value_info(name, kind, [None]) for name in "xy")
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"])], "one", [x], [y])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(made, full_check=True)
    return made


def session(made):
    return onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])


from onnx.reference import ReferenceEvaluator

made = model("Elu", np.float32)
feed = {"x": np.array([-1e-5, -1e-8], np.float32)}
print("onnxruntime", *(f"{value:.5e}" for value in session(made).run(None, feed)[0]))
print("reference  ", *(f"{value:.5e}" for value in ReferenceEvaluator(made).run(None, feed)[0]))
PROBE
cat > "$place/expected" <<'EXPECTED'
onnxruntime -1.00136e-05 0.00000e+00
reference   -9.99995e-06 -1.00000e-08
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
