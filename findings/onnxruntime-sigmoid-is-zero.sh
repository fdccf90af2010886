#!/usr/bin/env bash
# onnxruntime's float32 Sigmoid is exactly 0 from -18 downwards.
#
# Guess before running: sigmoid(-18) in float32 is 1.523e-08, as torch and numpy give; float32 reaches
#   down to 1e-38.
# Seen: 0.0 at -18 and below (the true values are 1.5e-08, 2.1e-09 and 9.4e-14), so a logarithm after it
#   is -inf; the float64 kernel keeps the value at -30.
# Who meets it: who checks a saturated unit or a cross-entropy against an exported model: log(sigmoid(x))
#   is -inf long before the numbers end.
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


x = [-17.0, -18.0, -20.0, -30.0]
for dtype in (np.float32, np.float64):
    values = session(model("Sigmoid", dtype)).run(None, {"x": np.array(x, dtype)})[0]
    print(np.dtype(dtype).name, *(f"{value:.1e}" for value in values))
PROBE
cat > "$place/expected" <<'EXPECTED'
float32 8.9e-08 0.0e+00 0.0e+00 0.0e+00
float64 4.1e-08 1.5e-08 2.1e-09 9.3e-14
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
