#!/usr/bin/env bash
# Under jax.jit on the CPU, a*a - b*b need not be 0 where a and b are the same number.
#
# Guess before running: compiling a function changes its speed alone; a*a - b*b at a = b is 0, since both
#   products round alike.
# Seen: without jit it is 0; with jit it is -8.3e-19 at 0.1: product and difference become one operation
#   that rounds once (fused multiply-add), so one square is exact and the other rounded. a*b + c at 0.1,
#   10, -1 is 5.6e-17 for the same reason.
# Who meets it: who compares printed values with a compiled jax function, or tests there for 0 exactly:
#   an exported program agrees with nodegraph to about 1e-16 of the largest term, not of the result. (A
#   processor without fused multiply-add would print 0.)
# Versions: jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import jax

jax.config.update("jax_enable_x64", True)


def squares(a, b):
    return a * a - b * b


def line(a, b, c):
    return a * b + c


print("a*a - b*b at 0.1, 0.1: plain", squares(0.1, 0.1), "jit", jax.jit(squares)(0.1, 0.1))
print("a*b + c at 0.1, 10, -1: plain", line(0.1, 10.0, -1.0), "jit", jax.jit(line)(0.1, 10.0, -1.0))
PROBE
cat > "$place/expected" <<'EXPECTED'
a*a - b*b at 0.1, 0.1: plain 0.0 jit -8.326672684688674e-19
a*b + c at 0.1, 10, -1: plain 0.0 jit 5.551115123125783e-17
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
