#!/usr/bin/env bash
# onnxruntime's CPU has no float64 kernel for half of the activations that ONNX allows in float64.
#
# Guess before running: a float64 model that onnx.checker accepts with full_check runs on the CPU, since
#   Sigmoid and Tanh in float64 do.
# Seen: Softplus, LeakyRelu, Elu, Gelu, Erf and Mean in float64 stop at load time with NOT_IMPLEMENTED;
#   Sigmoid, Tanh, Relu, Exp, Log and Sqrt run.
# Who meets it: who exports a graph in double precision, to keep the digits, and wants to run it
#   elsewhere: cast to float32, or write softplus as log(1 + exp(x)).
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


for operator in "Sigmoid Tanh Relu Exp Log Sqrt Softplus LeakyRelu Elu Gelu Erf Mean".split():
    try:
        session(model(operator, np.float64))
    except onnxruntime.capi.onnxruntime_pybind11_state.NotImplemented:
        print(operator, "accepted by the checker, not implemented")
    else:
        print(operator, "runs")
PROBE
cat > "$place/expected" <<'EXPECTED'
Sigmoid runs
Tanh runs
Relu runs
Exp runs
Log runs
Sqrt runs
Softplus accepted by the checker, not implemented
LeakyRelu accepted by the checker, not implemented
Elu accepted by the checker, not implemented
Gelu accepted by the checker, not implemented
Erf accepted by the checker, not implemented
Mean accepted by the checker, not implemented
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
