#!/usr/bin/env bash
# GroupNormalization of ONNX makes -316, 0, 316 of 10000, 10001, 10002, where LayerNormalization has -1.22, 0, 1.22.
#
# Guess before running: the ways to normalise that ONNX has agree on one row of three whole numbers, and so do onnxruntime and ONNX's reference evaluator.
# Seen: LayerNormalization and InstanceNormalization take differences from the mean first and are right in both. GroupNormalization and
#   MeanVarianceNormalization are defined by a graph that takes the mean of the squares less the square of the mean: in float32 nothing is left of the
#   variance, and the row is divided by the root of epsilon. onnxruntime follows that graph for GroupNormalization, and has a right kernel of its own for the
#   other, of which the reference evaluator makes -1,000,000,000.
# Who meets it: who exports a network with such a layer and feeds it data that are not centred (years, prices): the file gives other numbers than the
#   framework did, or than the other runtime.
# Versions: onnx==1.23.2, onnxruntime==1.32.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > "$place/gn.py" <<'PROBE'
import numpy as np
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

KINDS = {
    "LayerNormalization": ((1, 3), 3, {}),
    "InstanceNormalization": ((1, 1, 3), 1, {}),
    "GroupNormalization": ((1, 1, 3), 1, {"num_groups": 1}),
    "MeanVarianceNormalization": ((1, 1, 1, 3), 0, {"axes": [3]}),
}


def model(kind, shape, size, attributes):
    values = [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)]
    values += [helper.make_tensor_value_info(name, TensorProto.FLOAT, (size,)) for name in ("scale", "bias") if size]
    node = helper.make_node(kind, [value.name for value in values], ["y"], **attributes)
    graph = helper.make_graph([node], "graph", values, [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


for base in (0, 1000, 10000):
    print(f"{base}, {base + 1}, {base + 2}")
    for kind, (shape, size, attributes) in KINDS.items():
        made = model(kind, shape, size, attributes)
        feed = {"x": (base + np.arange(3, dtype=np.float32)).reshape(shape)}
        if size:
            feed |= {"scale": np.ones(size, np.float32), "bias": np.zeros(size, np.float32)}
        session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
        rows = [runner.run(None, feed)[0].ravel() for runner in (session, ReferenceEvaluator(made))]
        told = [" ".join(f"{number:.2f}" for number in row) for row in rows]
        print(f"  {kind}: onnxruntime {told[0]}, reference {told[1]}")
PROBE
cat > "$place/expected" <<'EXPECTED'
0, 1, 2
  LayerNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  InstanceNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  GroupNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  MeanVarianceNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
1000, 1001, 1002
  LayerNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  InstanceNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  GroupNormalization: onnxruntime -1.21 0.00 1.21, reference -1.21 0.00 1.21
  MeanVarianceNormalization: onnxruntime -1.22 0.00 1.22, reference -1.21 0.00 1.21
10000, 10001, 10002
  LayerNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  InstanceNormalization: onnxruntime -1.22 0.00 1.22, reference -1.22 0.00 1.22
  GroupNormalization: onnxruntime -316.23 0.00 316.23, reference -316.23 0.00 316.23
  MeanVarianceNormalization: onnxruntime -1.22 0.00 1.22, reference -1000000000.00 0.00 1000000000.00
EXPECTED
"$place/venv/bin/python" "$place/gn.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
