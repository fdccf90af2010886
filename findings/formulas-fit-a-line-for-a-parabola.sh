#!/usr/bin/env bash
# The formula y ~ x + x**2 fits a straight line in statsmodels: x**2 is x, with patsy and with formulaic.
#
# Guess before running: y ~ x + x**2 has three columns, 1, x and its square, since ** is Python's power and the formula takes np.log(x) as Python has it;
#   or it is refused, as 2*x is.
# Seen: ** means interactions, of x with itself: the column x once more, which is left out. The fit of the parabola y = x**2 is a line, without a warning.
#   I(x**2) is the square. x^2 is an error in patsy and x alone in formulaic, which also takes -x for no term at all.
# Who meets it: who fits a curve by a formula in a class: the coefficients look well, and the residuals are curved. Write I(x**2).
# Versions: statsmodels==0.15.0, patsy==1.0.3, formulaic==1.2.2, pandas==3.1.1, numpy==2.4.6, scipy==1.17.1; Python 3.11. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check statsmodels==0.15.0 patsy==1.0.3 formulaic==1.2.2 pandas==3.1.1 numpy==2.4.6 scipy==1.17.1
cat > "$place/formulas.py" <<'PROBE'
import warnings

import formulaic
import pandas
import patsy
import statsmodels.formula.api as models

warnings.simplefilter("ignore")
table = pandas.DataFrame({"x": [0.0, 1, 2, 3, 4]})
table["y"] = table["x"] ** 2
for formula in ("x + x**2", "x + I(x**2)", "x + x^2", "-x", "2*x"):
    said = []
    for name, columns in (
        ("patsy", lambda: patsy.dmatrix(formula, table).design_info.column_names),
        ("formulaic", lambda: list(formulaic.model_matrix(formula, table).columns)),
    ):
        try:
            said.append(f"{name} {columns()}")
        except Exception as error:
            said.append(f"{name} {type(error).__name__}")
    print(f"{formula}: {', '.join(said)}")
for formula in ("y ~ x + x**2", "y ~ x + I(x**2)"):
    fit = models.ols(formula, table).fit()
    print(f"{formula}: {{name: float(value) for name, value in (fit.params.round(3) + 0.0).items()}}, prediction at 4: {fit.predict(table).iloc[-1]:.3f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x + x**2: patsy ['Intercept', 'x'], formulaic ['Intercept', 'x']
x + I(x**2): patsy ['Intercept', 'x', 'I(x ** 2)'], formulaic ['Intercept', 'x', 'I(x ** 2)']
x + x^2: patsy PatsyError, formulaic ['Intercept', 'x']
-x: patsy PatsyError, formulaic ['Intercept']
2*x: patsy PatsyError, formulaic FormulaSyntaxError
y ~ x + x**2: {name: float(value) for name, value in (fit.params.round(3) + 0.0).items()}, prediction at 4: 14.000
y ~ x + I(x**2): {name: float(value) for name, value in (fit.params.round(3) + 0.0).items()}, prediction at 4: 16.000
EXPECTED
"$place/venv/bin/python" "$place/formulas.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
