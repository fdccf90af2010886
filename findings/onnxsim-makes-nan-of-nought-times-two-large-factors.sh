#!/usr/bin/env bash
# onnxsim multiplies two constants that follow each other, and so 0 × 1e200 × 1e200 becomes NaN and 1e-200 × 1e200 × 1e200 infinite.
#
# Guess before running: simplifying a model keeps its results, as the tool itself compares them with random inputs; factors that overflow together stay
#   apart.
# Seen: for x = 0 the model says 0 before and NaN after, for 1e-200 it says 1e200 before and inf after; (x × 1e200) × 1e-200 of 1e300 was inf and is
#   1e300. onnxruntime's own optimiser and onnxoptimizer change none of these.
# Who meets it: who scales a loss up and down again in a model, or checks by an exported graph that a number overflows.
# Versions: onnxsim==0.8.1, onnx==1.23.2, onnxruntime==1.32.0, onnxoptimizer==0.4.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check onnxsim==0.8.1 onnx==1.23.2 onnxruntime==1.32.0 onnxoptimizer==0.4.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import onnx
import onnxoptimizer
import onnxruntime
import onnxsim
from onnx import TensorProto, helper

X = np.array([0.0, 1e-200, 1e300])


def model(first, second):
    nodes = [helper.make_node("Mul", ["x", "k"], ["t"]), helper.make_node("Mul", ["t", "j"], ["y"])]
    ends = [[helper.make_tensor_value_info(name, TensorProto.DOUBLE, [3])] for name in "xy"]
    constants = [helper.make_tensor(name, TensorProto.DOUBLE, [], [value]) for name, value in (("k", first), ("j", second))]
    graph = helper.make_graph(nodes, "g", *ends, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(made, level):
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level, options.log_severity_level = level, 4
    session = onnxruntime.InferenceSession(made.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": X})[0].tolist()


levels = onnxruntime.GraphOptimizationLevel
for factors in ((1e200, 1e200), (1e200, 1e-200)):
    made = model(*factors)
    print(f"x * {factors[0]:g} * {factors[1]:g} of {X.tolist()}")
    print("  as made:", run(made, levels.ORT_DISABLE_ALL))
    print("  onnxruntime, all:", run(made, levels.ORT_ENABLE_ALL))
    passes = onnxoptimizer.get_fuse_and_elimination_passes()
    print("  onnxoptimizer:", run(onnxoptimizer.optimize(made, passes), levels.ORT_DISABLE_ALL))
    simpler, same = onnxsim.simplify(made)
    print("  onnxsim:", run(simpler, levels.ORT_DISABLE_ALL), "checked:", same)
PROBE
cat > "$place/expected" <<'EXPECTED'
x * 1e+200 * 1e+200 of [0.0, 1e-200, 1e+300]
  as made: [0.0, 1e+200, inf]
  onnxruntime, all: [0.0, 1e+200, inf]
  onnxoptimizer: [0.0, 1e+200, inf]
  onnxsim: [nan, inf, inf] checked: True
x * 1e+200 * 1e-200 of [0.0, 1e-200, 1e+300]
  as made: [0.0, 1e-200, inf]
  onnxruntime, all: [0.0, 1e-200, inf]
  onnxoptimizer: [0.0, 1e-200, inf]
  onnxsim: [0.0, 1e-200, 1e+300] checked: True
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
