#!/usr/bin/env bash
# OpenVINO on the CPU turns NaN into 0 at a ReLU, into 1 at a HardSigmoid, and leaves it out of ReduceMax.
#
# Guess before running: NaN goes through every one of these operations, as it does in ONNX's reference evaluator, onnxruntime, torch and
#   numpy.
# Seen: Relu, Clip to [0, 6], Max and Min with 0 and Celu give 0 for NaN, HardSigmoid 1; ReduceMax and ReduceMin of [NaN, -1, 2] are 2 and -1. Elu,
#   LeakyRelu, Sigmoid, Tanh, Softplus, Abs and ReduceSum keep it. So the activation decides whether a NaN before it is seen behind it.
# Who meets it: who looks for the layer at which a network broke: weights of NaN behind a ReLU give a prediction of 0 or of the bias alone, a
#   number like any other. Look at what comes before the ReLU, or run the model with onnxruntime.
# Versions: openvino==2026.4.1, onnx==1.23.2, onnxruntime==1.32.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check openvino==2026.4.1 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cat > "$place/lost_nan.py" <<'PROBE'
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

VALUES = np.array([np.nan, -1, 2], np.float32)
ZEROS = helper.make_tensor("zeros", TensorProto.FLOAT, [3], [0.0] * 3)
BOUNDS = [helper.make_tensor("low", TensorProto.FLOAT, [], [0.0]), helper.make_tensor("high", TensorProto.FLOAT, [], [6.0])]
OPERATIONS = {
    "Relu": [], "Clip": BOUNDS, "Max": [ZEROS], "Min": [ZEROS], "Celu": [], "HardSigmoid": [], "ReduceMax": [], "ReduceMin": [],
    "ReduceSum": [], "Elu": [], "LeakyRelu": [], "Sigmoid": [], "Tanh": [], "Softplus": [], "Abs": [],
}
for name, constants in OPERATIONS.items():
    options = {"keepdims": 0} if name.startswith("Reduce") else {}
    node = helper.make_node(name, ["x", *(constant.name for constant in constants)], ["y"], **options)
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph([node], "one", [x], [y], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    data = model.SerializeToString()
    core = openvino.Core()
    seen = {
        "reference": ReferenceEvaluator(model).run(None, {"x": VALUES})[0],
        "onnxruntime": onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(None, {"x": VALUES})[0],
        "OpenVINO": core.compile_model(core.read_model(data), "CPU")(VALUES)[0],
    }
    print(name, *(f"{who} {np.array2string(np.asarray(what), precision=3)}" for who, what in seen.items()))
PROBE
cat > "$place/expected" <<'EXPECTED'
Relu reference [nan  0.  2.] onnxruntime [nan  0.  2.] OpenVINO [0. 0. 2.]
Clip reference [nan  0.  2.] onnxruntime [nan  0.  2.] OpenVINO [0. 0. 2.]
Max reference [nan  0.  2.] onnxruntime [nan  0.  2.] OpenVINO [0. 0. 2.]
Min reference [nan -1.  0.] onnxruntime [nan -1.  0.] OpenVINO [ 0. -1.  0.]
Celu reference [   nan -0.632  2.   ] onnxruntime [   nan -0.632  2.   ] OpenVINO [ 0.    -0.632  2.   ]
HardSigmoid reference [nan 0.3 0.9] onnxruntime [nan 0.3 0.9] OpenVINO [1.  0.3 0.9]
ReduceMax reference nan onnxruntime nan OpenVINO 2.
ReduceMin reference nan onnxruntime nan OpenVINO -1.
ReduceSum reference nan onnxruntime nan OpenVINO nan
Elu reference [   nan -0.632  2.   ] onnxruntime [   nan -0.632  2.   ] OpenVINO [   nan -0.632  2.   ]
LeakyRelu reference [  nan -0.01  2.  ] onnxruntime [  nan -0.01  2.  ] OpenVINO [  nan -0.01  2.  ]
Sigmoid reference [  nan 0.269 0.881] onnxruntime [  nan 0.269 0.881] OpenVINO [  nan 0.269 0.881]
Tanh reference [   nan -0.762  0.964] onnxruntime [   nan -0.762  0.964] OpenVINO [   nan -0.762  0.964]
Softplus reference [  nan 0.313 2.127] onnxruntime [  nan 0.313 2.127] OpenVINO [  nan 0.313 2.127]
Abs reference [nan  1.  2.] onnxruntime [nan  1.  2.] OpenVINO [nan  1.  2.]
EXPECTED
"$place/venv/bin/python" "$place/lost_nan.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
