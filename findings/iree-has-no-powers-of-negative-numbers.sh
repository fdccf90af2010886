#!/usr/bin/env bash
# IREE computes (−2)² as NaN where the exponent is a number that arrives at run time, and 0⁰ as well; a constant exponent 2 is right.
#
# Guess before running: NaN passes through maximum, minimum and products, small numbers through tanh and log1p, and powers and sines are those of numpy
#   in single precision.
# Seen: all but two are as guessed. stablehlo.power of two arguments is NaN for every negative base, whole exponents too, and for 0 to the power 0; 2 to
#   the power 0.5 is right. The sine of a million is −0.374 (−0.350), of a hundred million 0 (0.932).
# Who meets it: who compiles a model with a learnable or given exponent, or a squared error written as power(d, n): the loss is NaN though training in
#   JAX was not. Multiply, or take the power of the absolute value.
# Versions: iree-base-compiler==3.13.0, iree-base-runtime==3.13.0, numpy==2.4.6, Python 3.11; on the CPU. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check iree-base-compiler==3.13.0 iree-base-runtime==3.13.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import iree.compiler
import iree.runtime
import numpy as np


def compute(line, *operands):
    kind = f"tensor<{len(operands[0])}xf32>"
    names = ", ".join(f"%{name}: {kind}" for name, _ in zip("xy", operands))
    text = f"func.func @f({names}) -> {kind} {{\n{line} : {kind}\nreturn %r : {kind}\n}}".replace("KIND", kind)
    built = iree.compiler.compile_str(text, target_backends=["llvm-cpu"], input_type="stablehlo", extra_args=["--iree-llvmcpu-target-cpu=generic"])
    context = iree.runtime.SystemContext(config=iree.runtime.Config("local-task"))
    context.add_vm_module(iree.runtime.VmModule.copy_buffer(context.instance, built))
    answer = context.modules.module["f"](*[np.array(operand, np.float32) for operand in operands]).to_host()
    return [f"{number:.4g}" for number in np.asarray(answer)]


bases, exponents = [-2, -2, -1.5, 0, 0, 2], [2, 3, 2, 0, 2, 0.5]
print("bases", bases, "exponents", exponents)
print("IREE, both given:  ", compute("%r = stablehlo.power %x, %y", bases, exponents))
print("numpy:             ", [f"{number:.4g}" for number in np.power(np.float32(bases), np.float32(exponents))])
print("IREE, exponent a constant 2:", compute("%c = stablehlo.constant dense<2.0> : KIND\n%r = stablehlo.power %x, %c", bases))
angles = [1, 100, 1e4, 1e6, 1e8]
print("sines of", angles, "IREE", compute("%r = stablehlo.sine %x", angles))
print("numpy", [f"{number:.4g}" for number in np.sin(np.float32(angles))])
PROBE
cat > "$place/expected" <<'EXPECTED'
bases [-2, -2, -1.5, 0, 0, 2] exponents [2, 3, 2, 0, 2, 0.5]
IREE, both given:   ['nan', 'nan', 'nan', 'nan', '0', '1.414']
numpy:              ['4', '-8', '2.25', '1', '0', '1.414']
IREE, exponent a constant 2: ['4', '4', '2.25', '0', '0', '4']
sines of [1, 100, 10000.0, 1000000.0, 100000000.0] IREE ['0.8415', '-0.5064', '-0.3056', '-0.374', '0']
numpy ['0.8415', '-0.5064', '-0.3056', '-0.35', '0.9316']
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
