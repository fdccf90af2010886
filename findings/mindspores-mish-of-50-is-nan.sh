#!/usr/bin/env bash
# In MindSpore on the CPU mish(50) is NaN, with the slope 1; maximum loses a NaN by its place, and leaky_relu has a slope of 1.1 at one.
#
# Guess before running: mish(x) = x·tanh(log(1 + exp(x))) is nearly x from 20 on, as far as single precision goes; NaN passes through maximum, relu and hardtanh;
#   slopes lie between those of the two sides.
# Seen: mish is right at 40 and NaN at 50, where the square of exp(x) overflows, while its slope stays 1; the formula by hand is right. maximum(NaN, 1) is 1
#   and maximum(1, NaN) is NaN, both with the slopes 1 and 1; the largest of 1, NaN, 3 is 3, of NaN, 1, 3 NaN. relu(NaN) is 0 and hardtanh(NaN) -1. The
#   slope of leaky_relu with 0.1 is 0.55 at 0 and 1.1 at NaN. Of a softmax with a NaN in the middle the others are 0.
# Who meets it: who trains with mish on inputs that are not scaled: the loss is NaN although all weights and slopes are finite; elsewhere a NaN is hidden.
# Versions: mindspore==2.10.0, numpy==1.26.4; Python 3.11. Needs python3 with venv, a package index and 3 GB of disk. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mindspore==2.10.0 numpy==1.26.4
cat > "$place/probe.py" <<'PROBE'
import mindspore
import numpy as np
from mindspore import Tensor, ops

mindspore.set_context(mode=mindspore.PYNATIVE_MODE, device_target="CPU")
NAN = float("nan")


def show(name, function, *values):
    tensors = [Tensor(np.float32(value)) for value in values]
    slopes = mindspore.grad(function, grad_position=tuple(range(len(tensors))))(*tensors)
    slopes = slopes if isinstance(slopes, tuple) else (slopes,)
    told = " and ".join(f"{float(slope.asnumpy()):.4g}" for slope in slopes)
    print(f"{name} at {', '.join(f'{value:g}' for value in values)}: {float(function(*tensors).asnumpy()):.6g}, slope {told}")


for at in (20, 40, 50, 100):
    show("mish", ops.mish, at)
    show("x·tanh(log(1 + exp(x)))", lambda x: x * ops.tanh(ops.log1p(ops.exp(x))), at)
for at in (0, NAN):
    show("leaky_relu", lambda x: ops.leaky_relu(x, 0.1), at)
    show("relu", ops.relu, at)
    show("elu", ops.elu, at)
    show("hardtanh", ops.hardtanh, at)
for pair in ((NAN, 1), (1, NAN), (1, 1)):
    show("maximum", ops.maximum, *pair)
row = Tensor(np.array([1, NAN, 3], np.float32))
print("the largest of 1, nan, 3:", row.max(), "and of nan, 1, 3:", Tensor(np.array([NAN, 1, 3], np.float32)).max())
print("softmax of 1, nan, 3:", ops.softmax(row).asnumpy().tolist())
PROBE
cat > "$place/expected" <<'EXPECTED'
mish at 20: 20, slope 1
x·tanh(log(1 + exp(x))) at 20: 20, slope 1
mish at 40: 40, slope 1
x·tanh(log(1 + exp(x))) at 40: 40, slope 1
mish at 50: nan, slope 1
x·tanh(log(1 + exp(x))) at 50: 50, slope 1
mish at 100: nan, slope 1
x·tanh(log(1 + exp(x))) at 100: 100, slope nan
leaky_relu at 0: 0, slope 0.55
relu at 0: 0, slope 0
elu at 0: 0, slope 1
hardtanh at 0: 0, slope 1
leaky_relu at nan: nan, slope 1.1
relu at nan: 0, slope 0
elu at nan: nan, slope 1
hardtanh at nan: -1, slope 1
maximum at nan, 1: 1, slope 1 and 1
maximum at 1, nan: nan, slope 1 and 1
maximum at 1, 1: 1, slope 0.5 and 0.5
the largest of 1, nan, 3: 3.0 and of nan, 1, 3: nan
softmax of 1, nan, 3: [0.0, nan, 0.0]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> "$place/said" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
