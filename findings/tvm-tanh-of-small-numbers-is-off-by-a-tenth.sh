#!/usr/bin/env bash
# In Apache TVM tanh(1e-7) is a tenth too small in float32, tanh(1e-5) 0.14 % too large, and tanh(1e-8) is 0.
#
# Guess before running: tanh is right to seven digits in float32 and to twelve in float64; sigmoid, tanh, relu, clip and sign of NaN are NaN.
# Seen: the nearer to 0, the fewer digits are right in float32, as where exp(2x) − 1 cancels; in float64 as many are lost, of more. numpy's are right to
#   the last. relu(NaN) is 0, clip(NaN, 0, 1) is 1, sign(NaN) is 0, and the maximum of two keeps NaN only as the second; sigmoid and tanh keep it.
# Who meets it: who compiles a trained network and compares its outputs with those that it was trained by, to six digits: near 0 they never agree. And
#   where a sensor made NaN, a relu or a clip answers with a plain number.
# Versions: apache-tvm==0.27.0.post1, numpy==2.4.6, scipy==1.17.1, psutil==7.2.2; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check apache-tvm==0.27.0.post1 numpy==2.4.6 scipy==1.17.1 psutil==7.2.2
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import tvm
from tvm import relax


def answer(op, *arrays, kind="float32"):
    """What the compiled operation says for these arrays."""
    arrays = [np.array(array, kind) for array in arrays]
    builder = relax.BlockBuilder()
    names = [relax.Var(f"x{i}", relax.TensorType(array.shape, kind)) for i, array in enumerate(arrays)]
    with builder.function("main", names):
        builder.emit_func_output(builder.emit(op(*names)))
    machine = relax.VirtualMachine(tvm.compile(builder.get(), "llvm"), tvm.cpu())
    return machine["main"](*(tvm.runtime.tensor(array) for array in arrays)).numpy()


nan, ops = float("nan"), relax.op
small = [1e-8, 1e-7, 1e-5, 3e-4, 1e-3, 0.1]
for kind in ("float32", "float64"):
    off = answer(ops.tanh, small, kind=kind) / np.tanh(np.array(small, kind)) - 1
    print(f"tanh in {kind}, off by:", *(f"{x:g}: {100 * part:.3f} %" for x, part in zip(small, off)), sep="  ")
ways = {"sigmoid": ops.sigmoid, "tanh": ops.tanh, "relu": ops.nn.relu, "clip to 0..1": lambda x: ops.clip(x, 0, 1), "sign": ops.sign}
print("of NaN:", ", ".join(f"{name} {answer(op, [nan])[0]:g}" for name, op in ways.items()))
print("maximum of 1, NaN and of NaN, 1:", *(f"{found:g}" for found in answer(ops.maximum, [1, nan], [nan, 1])))
PROBE
cat > "$place/expected" <<'EXPECTED'
tanh in float32, off by:  1e-08: -100.000 %  1e-07: -10.593 %  1e-05: 0.137 %  0.0003: -0.003 %  0.001: 0.000 %  0.1: -0.000 %
tanh in float64, off by:  1e-08: -0.000 %  1e-07: 0.000 %  1e-05: 0.000 %  0.0003: -0.000 %  0.001: -0.000 %  0.1: 0.000 %
of NaN: sigmoid nan, tanh nan, relu 0, clip to 0..1 1, sign 0
maximum of 1, NaN and of NaN, 1: nan 1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
