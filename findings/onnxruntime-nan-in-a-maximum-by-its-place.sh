#!/usr/bin/env bash
# onnxruntime finds a NaN in ReduceMax only where it stands first: the largest of 1, NaN, 2 is 2.
#
# Guess before running: the largest of numbers of which one is NaN is NaN, as numpy, torch and the reference evaluator of ONNX have it, or NaN is left out;
#   in either case whatever its place.
# Seen: ReduceMax and ReduceMin over an axis are NaN where the NaN comes first, and leave it out elsewhere; ArgMax points at the NaN in first place alone.
#   GlobalMaxPool and MaxPool leave it out always; Max of two tensors, Relu, Clip and TopK keep it. The reference evaluator keeps it in ReduceMax and
#   GlobalMaxPool and loses it in MaxPool.
# Who meets it: who takes the largest activation or gradient of an exported graph to see whether numbers have broken down: whether it shows depends on
#   which element broke. Ask IsNaN.
# Versions: onnxruntime==1.32.0, onnx==1.23.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cat > "$place/places.py" <<'PROBE'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

onnxruntime.set_default_logger_severity(4)


def model(kind, shape):
    attributes, constants = {}, {}
    if kind in ("ReduceMax", "ReduceMin"):
        attributes, constants = {"keepdims": 0}, {"axes": np.array([len(shape) - 1])}
    elif kind == "ArgMax":
        attributes = {"keepdims": 0, "axis": len(shape) - 1}
    elif kind == "MaxPool":
        attributes = {"kernel_shape": [3]}
    elif kind == "TopK":
        constants = {"k": np.array([1])}
    elif kind == "Max":
        constants = {"other": np.zeros(shape, np.float32)}
    outputs = ["y", "at"] if kind == "TopK" else ["y"]
    graph = helper.make_graph(
        [helper.make_node(kind, ["x", *constants], outputs, **attributes)],
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.INT64 if kind == "ArgMax" else TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


for kind in ("ReduceMax", "ReduceMin", "ArgMax", "GlobalMaxPool", "MaxPool", "TopK", "Max"):
    for place in range(3):
        x = np.array([[[1, 3, 2]]], np.float32)
        x[..., place] = np.nan
        made = model(kind, x.shape)
        session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
        values = [runner.run(["y"], {"x": x})[0].ravel().tolist() for runner in (session, ReferenceEvaluator(made))]
        print(f"{kind} of {x.ravel().tolist()}: onnxruntime {values[0]}, reference {values[1]}")
PROBE
cat > "$place/expected" <<'EXPECTED'
ReduceMax of [nan, 3.0, 2.0]: onnxruntime [nan], reference [nan]
ReduceMax of [1.0, nan, 2.0]: onnxruntime [2.0], reference [nan]
ReduceMax of [1.0, 3.0, nan]: onnxruntime [3.0], reference [nan]
ReduceMin of [nan, 3.0, 2.0]: onnxruntime [nan], reference [nan]
ReduceMin of [1.0, nan, 2.0]: onnxruntime [1.0], reference [nan]
ReduceMin of [1.0, 3.0, nan]: onnxruntime [1.0], reference [nan]
ArgMax of [nan, 3.0, 2.0]: onnxruntime [0], reference [0]
ArgMax of [1.0, nan, 2.0]: onnxruntime [2], reference [1]
ArgMax of [1.0, 3.0, nan]: onnxruntime [1], reference [2]
GlobalMaxPool of [nan, 3.0, 2.0]: onnxruntime [3.0], reference [nan]
GlobalMaxPool of [1.0, nan, 2.0]: onnxruntime [2.0], reference [nan]
GlobalMaxPool of [1.0, 3.0, nan]: onnxruntime [3.0], reference [nan]
MaxPool of [nan, 3.0, 2.0]: onnxruntime [3.0], reference [3.0]
MaxPool of [1.0, nan, 2.0]: onnxruntime [2.0], reference [2.0]
MaxPool of [1.0, 3.0, nan]: onnxruntime [3.0], reference [3.0]
TopK of [nan, 3.0, 2.0]: onnxruntime [nan], reference [nan]
TopK of [1.0, nan, 2.0]: onnxruntime [nan], reference [nan]
TopK of [1.0, 3.0, nan]: onnxruntime [nan], reference [nan]
Max of [nan, 3.0, 2.0]: onnxruntime [nan, 3.0, 2.0], reference [nan, 3.0, 2.0]
Max of [1.0, nan, 2.0]: onnxruntime [1.0, nan, 2.0], reference [1.0, nan, 2.0]
Max of [1.0, 3.0, nan]: onnxruntime [1.0, 3.0, nan], reference [1.0, 3.0, nan]
EXPECTED
"$place/venv/bin/python" "$place/places.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
