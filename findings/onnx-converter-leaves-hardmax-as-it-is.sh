#!/usr/bin/env bash
# The version converter of ONNX changes what a Hardmax computes: from opset 11 to 13 one 1 in a sample becomes one in each row.
#
# Guess before running: onnx.version_converter gives a model that computes what it did, or says that it cannot: Softmax, LogSoftmax and Hardmax flattened
#   their input from axis 1 on before opset 13, and take the last axis alone since.
# Seen: Softmax and LogSoftmax get a Flatten and a Reshape around them and keep their values. Hardmax keeps its node alone, and its default axis changes
#   from 1 to -1 with the number of the opset: of a sample [[1, 2], [3, 0]] it was [[0, 0], [1, 0]] and is [[0, 1], [1, 0]]. With axis=1 written out it
#   changes as well. The converter and the checker say nothing.
# Who meets it: who brings an old model with a hard choice on a tensor of three axes or more, such as attention with one winner, up to date: it chooses
#   more than once, and the shapes still fit.
# Versions: onnx==1.23.2, onnxruntime==1.32.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > "$place/hardmax.py" <<'PROBE'
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, version_converter

x = np.array([[[1, 2], [3, 0]]], np.float32)
for kind in ("Softmax", "LogSoftmax", "Hardmax"):
    for attributes in ({}, {"axis": 1}):
        graph = helper.make_graph(
            [helper.make_node(kind, ["x"], ["y"], **attributes)],
            "graph",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, x.shape)],
        )
        old = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8)
        new = version_converter.convert_version(old, 13)
        onnx.checker.check_model(new, full_check=True)
        values = [
            onnxruntime.InferenceSession(each.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0].ravel()
            for each in (old, new)
        ]
        print(kind, attributes or "with its default axis", "becomes", " ".join(node.op_type for node in new.graph.node))
        print("  opset 11:", *(f"{value:.2f}" for value in values[0]), "; opset 13:", *(f"{value:.2f}" for value in values[1]))
PROBE
cat > "$place/expected" <<'EXPECTED'
Softmax with its default axis becomes Shape Flatten Softmax Reshape
  opset 11: 0.09 0.24 0.64 0.03 ; opset 13: 0.09 0.24 0.64 0.03
Softmax {'axis': 1} becomes Shape Flatten Softmax Reshape
  opset 11: 0.09 0.24 0.64 0.03 ; opset 13: 0.09 0.24 0.64 0.03
LogSoftmax with its default axis becomes Shape Flatten LogSoftmax Reshape
  opset 11: -2.44 -1.44 -0.44 -3.44 ; opset 13: -2.44 -1.44 -0.44 -3.44
LogSoftmax {'axis': 1} becomes Shape Flatten LogSoftmax Reshape
  opset 11: -2.44 -1.44 -0.44 -3.44 ; opset 13: -2.44 -1.44 -0.44 -3.44
Hardmax with its default axis becomes Hardmax
  opset 11: 0.00 0.00 1.00 0.00 ; opset 13: 0.00 1.00 1.00 0.00
Hardmax {'axis': 1} becomes Hardmax
  opset 11: 0.00 0.00 1.00 0.00 ; opset 13: 0.00 1.00 1.00 0.00
EXPECTED
"$place/venv/bin/python" "$place/hardmax.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
