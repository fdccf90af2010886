#!/usr/bin/env bash
# jax.experimental.jet, the Taylor series of JAX, gives NaN for every derivative of x**2.0 at -2 and at 0, where jax.grad gives -4 and 0; relu ends in a leaked tracer.
#
# Guess before running: at ordinary points the series of a function is what nested jax.grad gives; so it is at 0 for x**2, x**3, x**2.0 and x**3.0; what has no rule is
#   refused with its name.
# Seen: a power whose exponent is a float is taken as exp(y log x), so nothing is left of it at 0 and below; its value is right, which hides it. x**2 and x*x are right,
#   but for rounding: the factorials are exponentials of logarithms, so the second derivative of x*x in single precision is 2.0000005. Functions with a derivative
#   of their own, relu, softplus and logaddexp, end in an UnexpectedTracerError, which speaks of a side effect that is not there; tan, arctan and cbrt in a KeyError.
# Who meets it: who takes higher derivatives of a network for a differential equation: a squared residual written as r ** 2.0 is NaN wherever r is negative. Write an
#   integer exponent, or r * r; nest jax.grad for relu and softplus.
# Versions: jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import jax
import jax.numpy as jnp
from jax.experimental.jet import jet


def by_jet(function, x, order):
    value, series = jet(function, (x,), ([1.0] + [0.0] * (order - 1),))
    return [f"{float(term):.7g}" for term in (value, *series)]


def by_grad(function, x, order):
    terms = [function(x)]
    for _ in range(order):
        function = jax.grad(function)
        terms.append(function(x))
    return [f"{float(term):.7g}" for term in terms]


cases = {
    "x**2 at -2": (lambda x: x**2, -2.0),
    "x**2.0 at -2": (lambda x: x**2.0, -2.0),
    "x**2.0 at 0": (lambda x: x**2.0, 0.0),
    "x**3.0 at 0": (lambda x: x**3.0, 0.0),
    "x**3.0 at 2": (lambda x: x**3.0, 2.0),
    "sigmoid at 0": (jax.nn.sigmoid, 0.0),
    "relu at 2": (jax.nn.relu, 2.0),
    "softplus at 2": (jax.nn.softplus, 2.0),
    "logaddexp at 2": (lambda x: jnp.logaddexp(x, 1.0), 2.0),
    "arctan at 2": (jnp.arctan, 2.0),
}
for name, (function, x) in cases.items():
    try:
        seen = ", ".join(by_jet(function, x, 2))
    except Exception as error:
        seen = f"{type(error).__name__}: {' '.join(str(error).split()[:6])}"
    print(f"{name}: by jet {seen}; by grad {', '.join(by_grad(function, x, 2))}")
print(f"second derivative of x*x at 3: by jet {float(jet(lambda x: x * x, (3.0,), ([1.0, 0.0],))[1][1]):.7f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x**2 at -2: by jet 4, -4, 2; by grad 4, -4, 2
x**2.0 at -2: by jet 4, nan, nan; by grad 4, -4, 2
x**2.0 at 0: by jet 0, nan, nan; by grad 0, 0, 2
x**3.0 at 0: by jet 0, nan, nan; by grad 0, 0, 0
x**3.0 at 2: by jet 8, 12, 12; by grad 8, 12, 12
sigmoid at 0: by jet 0.5, 0.25, 0; by grad 0.5, 0.25, 0
relu at 2: by jet UnexpectedTracerError: Encountered an unexpected tracer. A function; by grad 2, 1, 0
softplus at 2: by jet UnexpectedTracerError: Encountered an unexpected tracer. A function; by grad 2.126928, 0.880797, 0.1049936
logaddexp at 2: by jet UnexpectedTracerError: Encountered an unexpected tracer. A function; by grad 2.313262, 0.7310585, 0.1966119
arctan at 2: by jet KeyError: atan; by grad 1.107149, 0.2, -0.16
second derivative of x*x at 3: by jet 2.0000005
EXPECTED
JAX_PLATFORMS=cpu "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
