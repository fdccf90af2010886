#!/usr/bin/env bash
# Taichi takes the last value of a field for each of its uses: where y = x² and then y = y², the slope at 2 is 128 instead of 32, without a word.
#
# Guess before running: a kernel that writes to a field twice is differentiated rightly, as it is where the same is done with a variable of the kernel, or
#   refused, as a while loop is; Tape(validation=True) finds what cannot be; max(NaN, 0) is NaN.
# Seen: on the way back the field is looked up as it is at the end: 128 for 4x³ = 32, and 6 for the slope of y = x, y *= x, which is 4. A variable of the
#   kernel gives 32. validation=True says nothing unless ti.init had debug=True, with which it stops at the second write. max(NaN, 0) is 0, the slope of
#   |NaN| is 0, and log(-2) is NaN with the slope -0.5.
# Who meets it: who writes a simulation or a loss in place, as one does for speed: the gradient is a plausible number. Use a variable or a second field, and
#   debug=True for the tests.
# Versions: taichi==1.7.4, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check taichi==1.7.4 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import sys

import taichi as ti

checked = len(sys.argv) > 1
ti.init(arch=ti.cpu, default_fp=ti.f64, log_level=ti.CRITICAL, debug=checked)
x, y, loss = (ti.field(ti.f64, shape=(), needs_grad=True) for _ in range(3))


@ti.kernel
def twice_squared():
    y[None] = x[None] * x[None]
    y[None] = y[None] * y[None]
    loss[None] += y[None]


@ti.kernel
def times_itself():
    y[None] = x[None]
    y[None] *= x[None]
    loss[None] += y[None]


@ti.kernel
def by_a_variable():
    for _ in range(1):
        s = x[None] * x[None]
        s = s * s
        loss[None] += s


@ti.kernel
def relu():
    loss[None] += ti.max(x[None], 0.0)


@ti.kernel
def size():
    loss[None] += ti.abs(x[None])


@ti.kernel
def logarithm():
    loss[None] += ti.log(x[None])


def slope(kernel, at, **settings):
    x[None] = at
    y[None] = loss[None] = 0
    try:
        with ti.ad.Tape(loss=loss, **settings):
            kernel()
    except Exception as error:
        return f"{type(error).__name__}"
    return f"value {loss[None]:g}, slope {x.grad[None]:g}"


if checked:
    print("with validation=True and init(debug=True):", slope(twice_squared, 2, validation=True))
    sys.exit()
print("(x²)² at 2, the field y overwritten:", slope(twice_squared, 2))
print("  with validation=True:", slope(twice_squared, 2, validation=True))
print("y = x, then y times x, at 2:", slope(times_itself, 2))
print("(x²)² at 2, by a variable of the kernel:", slope(by_a_variable, 2))
for name, kernel, at in (("max(x, 0)", relu, float("nan")), ("max(x, 0)", relu, 0), ("|x|", size, float("nan")), ("|x|", size, 0), ("log(x)", logarithm, -2)):
    print(f"{name} at {at}:", slope(kernel, at))
PROBE
cat > "$place/expected" <<'EXPECTED'
(x²)² at 2, the field y overwritten: value 16, slope 128
  with validation=True: value 16, slope 128
y = x, then y times x, at 2: value 4, slope 6
(x²)² at 2, by a variable of the kernel: value 16, slope 32
max(x, 0) at nan: value 0, slope 0
max(x, 0) at 0: value 0, slope 0
|x| at nan: value nan, slope 0
|x| at 0: value 0, slope 0
log(x) at -2: value nan, slope -0.5
with validation=True and init(debug=True): TaichiAssertionError
EXPECTED
{
  "$place/venv/bin/python" "$place/probe.py"
  "$place/venv/bin/python" "$place/probe.py" checked
} 2> "$place/said" | grep -v "^\[Taichi\]" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
