#!/usr/bin/env bash
# In JAX the second derivatives of jnp.hypot(x, y) are 0 where x and y are equally large; value and gradient are right there.
#
# Guess before running: higher derivatives by nested jax.grad agree with those of sqrt(x² + y²) wherever that is smooth.
# Seen: hypot is computed by the larger and the smaller leg, max and min, whose ties pay one half to each. The gradient comes out right, (0.707, 0.707),
#   but at (1, 1), (−2, 2) and (5, 5) the matrix of second derivatives is zero; at the first it should be ((0.354, −0.354), (−0.354, 0.354)). A hair
#   beside the tie, and at (3, 4), it is right; jnp.linalg.norm and the formula with a root are right everywhere.
# Who meets it: who takes a Newton step or a curvature of a distance and starts from equal coordinates, as one does: the curvature is nothing, the step
#   infinite or refused. Write the root.
# Versions: jax==0.10.2, jaxlib==0.10.2, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2
cat > "$place/probe.py" <<'PROBE'
import jax
import jax.numpy as jnp


def rows(numbers):
    return [[round(float(number), 3) + 0.0 for number in row] for row in numbers]


def by_hypot(legs):
    return jnp.hypot(legs[0], legs[1])


def by_root(legs):
    return jnp.sqrt(legs[0] ** 2 + legs[1] ** 2)


for place in [(1.0, 1.0), (-2.0, 2.0), (5.0, 5.0), (1.0, 1.001), (3.0, 4.0)]:
    legs = jnp.array(place)
    print(place, "gradient by hypot", rows([jax.grad(by_hypot)(legs)])[0])
    print("    second derivatives by hypot", rows(jax.hessian(by_hypot)(legs)))
    print("    second derivatives by root ", rows(jax.hessian(by_root)(legs)))
PROBE
cat > "$place/expected" <<'EXPECTED'
(1.0, 1.0) gradient by hypot [0.707, 0.707]
    second derivatives by hypot [[0.0, 0.0], [0.0, 0.0]]
    second derivatives by root  [[0.354, -0.354], [-0.354, 0.354]]
(-2.0, 2.0) gradient by hypot [-0.707, 0.707]
    second derivatives by hypot [[0.0, 0.0], [0.0, 0.0]]
    second derivatives by root  [[0.177, 0.177], [0.177, 0.177]]
(5.0, 5.0) gradient by hypot [0.707, 0.707]
    second derivatives by hypot [[0.0, 0.0], [0.0, 0.0]]
    second derivatives by root  [[0.071, -0.071], [-0.071, 0.071]]
(1.0, 1.001) gradient by hypot [0.707, 0.707]
    second derivatives by hypot [[0.354, -0.353], [-0.353, 0.353]]
    second derivatives by root  [[0.354, -0.353], [-0.353, 0.353]]
(3.0, 4.0) gradient by hypot [0.6, 0.8]
    second derivatives by hypot [[0.128, -0.096], [-0.096, 0.072]]
    second derivatives by root  [[0.128, -0.096], [-0.096, 0.072]]
EXPECTED
JAX_PLATFORMS=cpu "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
