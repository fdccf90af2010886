#!/usr/bin/env bash
# SymPy's MathML sets the derivative of (a x + b) as that of a x, plus b, and x - (a + b) as x - a + b; its LaTeX has both brackets, but raises of 1e-5 to the power x the ten alone.
#
# Guess before running: where latex() sets a bracket, mathml(..., printer="presentation") has one too, and either, read as one reads a formula, is the expression.
# Seen: behind d/dx a sum stands without a bracket, where latex() sets one; behind an integral and a sum sign it has one. A sum that is taken away, as
#   parse_expr(..., evaluate=False) keeps it, has none: x - (a + b) is x - a + b. A Float with a power of ten that is itself raised has no bracket in either: 1.0 times ten to
#   the minus five, to the x. atan2(a, b) is arctan(a, b) in MathML; a Piecewise is the word piecewise and a list.
# Who meets it: who shows steps of a derivation on a web page by SymPy's MathML: the step says something false. Use latex() there.
# Versions: sympy==1.14.0, mpmath==1.3.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 mpmath==1.3.0
cat > "$place/probe.py" <<'PROBE'
import html
import re

from sympy import Derivative, Float, Integral, Piecewise, Sum, atan2, latex, symbols
from sympy.parsing.sympy_parser import parse_expr
from sympy.printing.mathml import mathml

a, b, x = symbols("a b x")


def plain(expression):
    """The MathML with / for a fraction's stroke, braces round what is grouped, and no other tags."""
    text = re.sub(r"</?mrow>", "", mathml(expression, printer="presentation"))
    text = re.sub(r"<(mfrac|msup|msub|msubsup|munderover)>", r" \1{ ", text)
    text = re.sub(r"</(mfrac|msup|msub|msubsup|munderover)>", " } ", text)
    text = text.replace("&dd;", "d").replace("&InvisibleTimes;", "")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


for name, expression in {
    "Derivative(a*x + b, x)": Derivative(a * x + b, x),
    "Derivative(a*x + b, x)**2": Derivative(a * x + b, x) ** 2,
    "Integral(a*x + b, x)": Integral(a * x + b, x),
    "Sum(x + b, (x, 1, 3))": Sum(x + b, (x, 1, 3)),
    "x - (a + b)": parse_expr("x - (a + b)", evaluate=False),
    "2*(a + b)": parse_expr("2*(a + b)", evaluate=False),
    "Float('1e-5')**x": Float("1e-5") ** x,
    "Float('0.5')**x": Float("0.5") ** x,
    "atan2(a, b)": atan2(a, b),
    "Piecewise((x, x > 0), (0, True))": Piecewise((x, x > 0), (0, True)),
}.items():
    print(f"{name}: MathML {plain(expression)}; LaTeX {latex(expression)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
Derivative(a*x + b, x): MathML mfrac{ ∂ ∂ x } a x + b; LaTeX \frac{\partial}{\partial x} \left(a x + b\right)
Derivative(a*x + b, x)**2: MathML msup{ ( mfrac{ ∂ ∂ x } a x + b ) 2 }; LaTeX \left(\frac{\partial}{\partial x} \left(a x + b\right)\right)^{2}
Integral(a*x + b, x): MathML ∫ ( a x + b ) d x; LaTeX \int \left(a x + b\right)\, dx
Sum(x + b, (x, 1, 3)): MathML munderover{ ∑ x = 1 3 } ( b + x ); LaTeX \sum_{x=1}^{3} \left(b + x\right)
x - (a + b): MathML x - a + b; LaTeX x - \left(a + b\right)
2*(a + b): MathML 2 ( a + b ); LaTeX 2 \left(a + b\right)
Float('1e-5')**x: MathML msup{ 1.0 · msup{ 10 -5 } x }; LaTeX {1.0 \cdot 10^{-5}}^{x}
Float('0.5')**x: MathML msup{ 0.5 x }; LaTeX {0.5}^{x}
atan2(a, b): MathML arctan ( a , b ); LaTeX \operatorname{atan}_{2}{\left(a,b \right)}
Piecewise((x, x > 0), (0, True)): MathML piecewise ( ( x , x > 0 ) , ( 0 , True ) ); LaTeX \begin{cases} x & \text{for}\: x > 0 \\0 & \text{otherwise} \end{cases}
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
