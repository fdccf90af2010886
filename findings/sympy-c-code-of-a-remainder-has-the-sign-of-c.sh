#!/usr/bin/env bash
# SymPy writes Mod(x, 3) to C as fmod(x, 3), which is −1 for x = −1 where SymPy means 2; its Rust for a maximum is refused by types.
#
# Guess before running: code of a remainder, a sign, a maximum and of roots computes what SymPy's own evalf does, in each language.
# Seen: JavaScript, Octave, Fortran, Julia and GLSL get a remainder that is never negative; C gets fmod, whose sign is that of x, and x - floor(x/3)*3
#   is right. In Rust Max(x, 0) has the branches 0, a whole number, and x, and log(x, 2) divides by 2_i32.ln(), which is no method.
# Who meets it: who generates C for an angle or a phase that wraps round: every negative angle comes out negative. Write x - 3*floor(x/3).
# Versions: sympy==1.14.0, Python 3.11, gcc 12. Needs gcc, python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
import subprocess
import sys

from sympy import Max, Mod, ccode, fcode, floor, jscode, julia_code, log, octave_code, rust_code, symbols

x = symbols("x", real=True)


def in_c(expression, number):
    text = f'#include <math.h>\n#include <stdio.h>\nint main(void) {{ double x = {number}; printf("%g", {ccode(expression)}); }}\n'
    with open(f"{sys.argv[1]}/a.c", "w") as file:
        file.write(text)
    subprocess.run(["gcc", f"{sys.argv[1]}/a.c", "-lm", "-o", f"{sys.argv[1]}/a"], check=True)
    return subprocess.run([f"{sys.argv[1]}/a"], capture_output=True, text=True).stdout


remainder, by_floor = Mod(x, 3), x - 3 * floor(x / 3)
print("C:", ccode(remainder), "; JavaScript:", jscode(remainder), "; Octave:", octave_code(remainder))
print("Fortran:", fcode(remainder, source_format="free", standard=95), "; Julia:", julia_code(remainder))
for number in (-1, -4.5, 4.5):
    print(number, "SymPy", f"{float(remainder.subs(x, number)):g}", "C", in_c(remainder, number), "C by floor", in_c(by_floor, number))
print("Rust:", " ".join(rust_code(Max(x, 0)).split()), ";", rust_code(log(x, 2)))
PROBE
cat > "$place/expected" <<'EXPECTED'
C: fmod(x, 3) ; JavaScript: ((x % 3) + 3) % 3 ; Octave: mod(x, 3)
Fortran: modulo(x, 3) ; Julia: (x - 3 * floor(x / 3))
-1 SymPy 2 C -1 C by floor 2
-4.5 SymPy 1.5 C -1.5 C by floor 1.5
4.5 SymPy 1.5 C 1.5 C by floor 1.5
Rust: if (x <= 0.0) { 0 } else { x } ; x.ln()/2_i32.ln()
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
