#!/usr/bin/env bash
# NVIDIA Warp: a remainder has slope 0 by its divisor, and acos of 1.5 is 0 with slope 0.
#
# Guess before running: x % y is x - y * trunc(x / y), so its slope by y is -trunc(x / y): -1 at 5 % 3, -3 at 10 % 3,
#   as torch, jax and Taichi have it (at positive numbers); acos outside -1 to 1 is nan; slopes of acos at 1 and of sqrt at 0
#   are both without bound.
# Seen: the slope of mod(x, y) and x % y by y is 0. acos and asin move their operand to the nearest end of -1 to 1 and
#   have the slope 0 there and at the ends, where sqrt has inf at 0. step(0) is 0 and sign(0) is 1, not 0.
# Who meets it: who fits a period or a cell's width by gradient: it never moves; and an angle from a scalar product that
#   rounding took past 1 gives no sign of it. nodegraph's ln and square root give
#   nan outside their domains, and mark the node.
# Versions: warp-lang==1.19.0, numpy==2.4.6; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check warp-lang==1.19.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import warp as wp

wp.config.log_level = wp.LOG_ERROR
wp.init()


@wp.kernel
def remainder(a: wp.array(dtype=float), out: wp.array(dtype=float)):
    out[0] = wp.mod(a[0], a[1])


@wp.kernel
def percent(a: wp.array(dtype=float), out: wp.array(dtype=float)):
    out[0] = a[0] % a[1]


@wp.kernel
def arc(a: wp.array(dtype=float), out: wp.array(dtype=float)):
    out[0] = wp.acos(a[0])


@wp.kernel
def root(a: wp.array(dtype=float), out: wp.array(dtype=float)):
    out[0] = wp.sqrt(a[0])


@wp.kernel
def signs(a: wp.array(dtype=float), out: wp.array(dtype=float)):
    out[0] = wp.sign(a[0]) + wp.step(a[0])


def show(kernel, *at):
    a = wp.array(at, dtype=float, requires_grad=True, device="cpu")
    out = wp.zeros(1, dtype=float, requires_grad=True, device="cpu")
    with wp.Tape() as tape:
        wp.launch(kernel, dim=1, inputs=[a], outputs=[out], device="cpu")
    tape.backward(grads={out: wp.ones(1, dtype=float, device="cpu")})
    print(kernel.key, at, "is", out.numpy()[0], "slopes", np.round(a.grad.numpy(), 4).tolist())


show(remainder, 5.0, 3.0)
show(remainder, 10.0, 3.0)
show(percent, 10.0, 3.0)
show(arc, 1.5)
show(arc, 1.0)
show(root, 0.0)
show(signs, 0.0)
PROBE
cat > "$place/expected" <<'EXPECTED'
remainder (5.0, 3.0) is 2.0 slopes [1.0, 0.0]
remainder (10.0, 3.0) is 1.0 slopes [1.0, 0.0]
percent (10.0, 3.0) is 1.0 slopes [1.0, 0.0]
arc (1.5,) is 0.0 slopes [0.0]
arc (1.0,) is 0.0 slopes [0.0]
root (0.0,) is 0.0 slopes [inf]
signs (0.0,) is 1.0 slopes [0.0]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
