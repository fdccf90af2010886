#!/usr/bin/env bash
# GradientDescent of jaxopt is not x − rate × gradient from the second step on, and that of optimistix spends its first step on looking.
#
# Guess before running: from w = 0 on (w − 3)² with the rate 0.1 both come to 0.6, 1.08, 1.464, 1.7712 in four steps, as by hand.
# Seen: jaxopt comes to 0.6, 1.08, 1.572, 2.029, as acceleration=True is its default; with False it is as by hand. optimistix has moved nowhere after
#   max_steps=1 and by three steps after four.
# Who meets it: who checks a descent worked out on paper, or in another program, against these.
# Versions: jaxopt==0.8.5, optimistix==0.1.0, jax==0.10.2, jaxlib==0.10.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jaxopt==0.8.5 optimistix==0.1.0 jax==0.10.2 jaxlib==0.10.2
cat > "$place/probe.py" <<'PROBE'
import warnings

warnings.simplefilter("ignore")
import jax
import jax.numpy as jnp
import jaxopt
import optimistix

jax.config.update("jax_enable_x64", True)


def loss(w, _=None):
    return (w - 3) ** 2


w, path = 0.0, []
for _ in range(4):
    w -= 0.1 * 2 * (w - 3)
    path.append(w)
print("by hand:", *[f"{one:.4f}" for one in path])
for kind in ({}, {"acceleration": False}):
    path = [jaxopt.GradientDescent(loss, stepsize=0.1, maxiter=n, tol=0, **kind).run(0.0).params for n in range(1, 5)]
    print("jaxopt", kind, *[f"{float(one):.4f}" for one in path])
path = []
for n in range(1, 5):
    solver = optimistix.GradientDescent(0.1, 1e-12, 1e-12)
    path.append(optimistix.minimise(loss, solver, jnp.array(0.0), max_steps=n, throw=False).value)
print("optimistix", *[f"{float(one):.4f}" for one in path])
PROBE
cat > "$place/expected" <<'EXPECTED'
by hand: 0.6000 1.0800 1.4640 1.7712
jaxopt {} 0.6000 1.0800 1.5722 2.0287
jaxopt {'acceleration': False} 0.6000 1.0800 1.4640 1.7712
optimistix 0.0000 0.6000 1.0800 1.4640
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
