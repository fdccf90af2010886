#!/usr/bin/env bash
# In Halide's automatic differentiation erf has the slope −1.128 at 0 (it is +1.128), and fast_log and fast_pow have none at all.
#
# Guess before running: at 0 abs has the slope 0, max one of 0 and 1, clamp likewise, a root an infinite one; smooth functions have their own.
# Seen: abs has the slope of its left side, −1, at 0. erf is written with abs, so that its slope at 0 has the sign of that side: −1.128379 between
#   +1.128379 at −1e-6 and +1.128379 at 1e-6. fast_log and fast_pow, which compute with the bits of the number, have the slope 0 everywhere, without a
#   word (rounding says that it drops gradients).
# Who meets it: who writes GELU, a probability or a loss with erf and starts from zeros: the first step goes the wrong way. Write log and pow, and keep
#   erf away from an exact 0.
# Versions: halide==21.0.0, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check halide==21.0.0
cat > "$place/probe.py" <<'PROBE'
import halide as hl
import numpy as np

x = hl.Var("x")


def show(name, function, places):
    given = hl.Buffer(np.array(places, dtype=np.float32))
    start, end, loss = hl.Func("start"), hl.Func("end"), hl.Func("loss")
    start[x] = given[x]
    end[x] = function(start[x])
    row = hl.RDom([(0, len(places))])
    loss[()] = hl.f32(0.0)
    loss[()] += end[row.x]
    slopes = np.array(hl.propagate_adjoints(loss)[start].realize([len(places)]))
    print(name, "at", places, "has the slopes", [f"{slope:.4f}" for slope in slopes])


show("abs", hl.abs, [-1, 0, 1])
show("max(x, 0)", lambda v: hl.max(v, 0.0), [-1, 0, 1])
show("erf", hl.erf, [-1, -1e-6, 0, 1e-6, 1])
show("log", hl.log, [0.5, 1, 2])
show("fast_log", hl.fast_log, [0.5, 1, 2])
show("pow(x, 2)", lambda v: hl.pow(v, 2.0), [0.5, 1, 2])
show("fast_pow(x, 2)", lambda v: hl.fast_pow(v, 2.0), [0.5, 1, 2])
PROBE
cat > "$place/expected" <<'EXPECTED'
abs at [-1, 0, 1] has the slopes ['-1.0000', '-1.0000', '1.0000']
max(x, 0) at [-1, 0, 1] has the slopes ['0.0000', '1.0000', '1.0000']
erf at [-1, -1e-06, 0, 1e-06, 1] has the slopes ['0.4151', '1.1284', '-1.1284', '1.1284', '0.4151']
log at [0.5, 1, 2] has the slopes ['2.0000', '1.0000', '0.5000']
fast_log at [0.5, 1, 2] has the slopes ['0.0000', '0.0000', '0.0000']
pow(x, 2) at [0.5, 1, 2] has the slopes ['1.0000', '2.0000', '4.0000']
fast_pow(x, 2) at [0.5, 1, 2] has the slopes ['0.0000', '0.0000', '0.0000']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
