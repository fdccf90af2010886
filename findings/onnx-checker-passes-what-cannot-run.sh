#!/usr/bin/env bash
# onnx.checker.check_model finds nothing wrong with a product of matrices 2x3 and 2x3, with a float added to a whole number, and with two nodes of one name.
#
# Guess before running: check_model refuses a model that no runtime can run for reasons that stand in the file: types and shapes that do not fit, names
#   given twice; shape inference in strict mode as well.
# Seen: the checker looks at names of operators and attributes and at the order of nodes; types and shapes it looks at only with full_check=True.
#   infer_shapes lets all pass unless strict_mode=True, and with it still Add of a float and a whole number. Two nodes of one name pass every check, and
#   onnxruntime refuses them. The other way about, a false shape of an output is found by the full check, and onnxruntime runs it.
# Who meets it: who writes a graph by hand or by an exporter, and calls check_model as the documentation's first example does: "checked" says little. Call
#   it with full_check=True and load the model once.
# Versions: onnx==1.23.2, onnxruntime==1.32.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > "$place/checks.py" <<'PROBE'
import onnx
import onnxruntime
from onnx import TensorProto, helper, shape_inference

onnxruntime.set_default_logger_severity(4)


def tensor(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def node(kind, inputs, outputs, **attributes):
    return helper.make_node(kind, inputs, outputs, **attributes)


CASES = {
    "MatMul of 2x3 and 2x3": ([node("MatMul", "ab", "y")], [tensor("a", [2, 3]), tensor("b", [2, 3])], tensor("y", [2, 3])),
    "Add of float and int64": ([node("Add", "ab", "y")], [tensor("a", [2]), tensor("b", [2], TensorProto.INT64)], tensor("y", [2])),
    "Sigmoid of int64": ([node("Sigmoid", "a", "y")], [tensor("a", [2], TensorProto.INT64)], tensor("y", [2], TensorProto.INT64)),
    "an output of 7 where there are 2": ([node("Relu", "a", "y")], [tensor("a", [2])], tensor("y", [7])),
    "two nodes of one name": ([node("Relu", "a", "z", name="n"), node("Relu", "z", "y", name="n")], [tensor("a", [2])], tensor("y", [2])),
    "an attribute that is none": ([node("LeakyRelu", "a", "y", slope=0.3)], [tensor("a", [2])], tensor("y", [2])),
}
CHECKS = {
    "checker": onnx.checker.check_model,
    "full check": lambda model: onnx.checker.check_model(model, full_check=True),
    "inference": shape_inference.infer_shapes,
    "strict inference": lambda model: shape_inference.infer_shapes(model, strict_mode=True),
    "onnxruntime": lambda model: onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]),
}
for name, (nodes, inputs, output) in CASES.items():
    graph = helper.make_graph(nodes, "graph", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    said = []
    for check, run in CHECKS.items():
        try:
            run(model)
            said.append(f"{check} passes")
        except Exception:
            said.append(f"{check} refuses")
    print(f"{name}: {', '.join(said)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
MatMul of 2x3 and 2x3: checker passes, full check refuses, inference passes, strict inference refuses, onnxruntime refuses
Add of float and int64: checker passes, full check refuses, inference passes, strict inference passes, onnxruntime refuses
Sigmoid of int64: checker passes, full check refuses, inference passes, strict inference passes, onnxruntime refuses
an output of 7 where there are 2: checker passes, full check refuses, inference passes, strict inference refuses, onnxruntime passes
two nodes of one name: checker passes, full check passes, inference passes, strict inference passes, onnxruntime refuses
an attribute that is none: checker refuses, full check refuses, inference passes, strict inference passes, onnxruntime refuses
EXPECTED
"$place/venv/bin/python" "$place/checks.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
