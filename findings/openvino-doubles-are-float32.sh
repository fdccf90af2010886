#!/usr/bin/env bash
# OpenVINO computes a model of doubles in float32, calls the result float64, and makes of every infinity 3.4e38.
#
# Guess before running: a model whose inputs and outputs are DOUBLE is computed in doubles, or refused; log(0) is -inf.
# Seen: the answer has dtype float64 and seven right digits: 1 + 1e-12 is 1, 1/3 is 0.3333333432674408. log(0), -1/0 and
#   exp(1000) are plus or minus 3.4028234663852886e+38, the largest float32: a finite number. The same model in FLOAT gives
#   inf and -inf.
# Who meets it: who exports a graph to ONNX and compares OpenVINO's numbers with its own: a loss that has gone to infinity looks
#   finite, and a test for inf or NaN passes. Compare within float32, and give the model as FLOAT.
# Versions: openvino==2026.4.1, onnx==1.23.2, numpy==2.4.6; Python 3.11; the CPU plugin, told to compute in f32 (on some
#   processors its default is bfloat16, less still). Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check openvino==2026.4.1 onnx==1.23.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

warnings.simplefilter("ignore")

import numpy as np
import openvino as ov
from onnx import TensorProto, helper

CORE = ov.Core()


def answer(operation, *operands, kind=TensorProto.DOUBLE):
    names = [f"x{place}" for place in range(len(operands))]
    graph = helper.make_graph(
        [helper.make_node(operation, names, ["y"])],
        "graph",
        [helper.make_tensor_value_info(name, kind, [1]) for name in names],
        [helper.make_tensor_value_info("y", kind, [1])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    compiled = CORE.compile_model(CORE.read_model(model.SerializeToString()), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    dtype = np.float64 if kind == TensorProto.DOUBLE else np.float32
    (result,) = compiled([np.array([operand], dtype) for operand in operands]).values()
    return result.dtype, float(result[0])


for operation, *operands in (("Add", 1.0, 1e-12), ("Div", 1.0, 3.0), ("Mul", 1e200, 1e100), ("Log", 0.0), ("Div", -1.0, 0.0), ("Exp", 1000.0)):
    dtype, value = answer(operation, *operands)
    print(f"{operation} of {operands}: {dtype} {value!r};", "as float32:", answer(operation, *operands, kind=TensorProto.FLOAT)[1])
PROBE
cat > "$place/expected" <<'EXPECTED'
Add of [1.0, 1e-12]: float64 1.0; as float32: 1.0
Div of [1.0, 3.0]: float64 0.3333333432674408; as float32: 0.3333333432674408
Mul of [1e+200, 1e+100]: float64 3.4028234663852886e+38; as float32: inf
Log of [0.0]: float64 -3.4028234663852886e+38; as float32: -inf
Div of [-1.0, 0.0]: float64 -3.4028234663852886e+38; as float32: -inf
Exp of [1000.0]: float64 3.4028234663852886e+38; as float32: inf
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
