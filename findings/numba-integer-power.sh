#!/usr/bin/env bash
# In numba a whole number to a negative power is 0.
#
# Guess before running: 2 ** -1 in a compiled function is 0.5 as in Python, or an error as in numpy
#   (Integers to negative integer powers are not allowed).
# Seen: 0, and of type int; with 2.0 it is 0.5. 10 ** 20 wraps around to 7766279631452241920.
# Who meets it: who moves a kernel from Python to numba and passes whole numbers: the value is silently 0.
#   Make base and exponent floats first.
# Versions: numba==0.68.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numba


@numba.njit
def power(base, exponent):
    return base**exponent


print(power(2, -1), power.py_func(2, -1), power(2.0, -1))
print(power(10, 20), power.py_func(10, 20))
PROBE
cat > "$place/expected" <<'EXPECTED'
0 0.5 0.5
7766279631452241920 100000000000000000000
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
