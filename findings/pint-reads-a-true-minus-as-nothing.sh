#!/usr/bin/env bash
# Pint reads "−4 m", with the minus sign of papers and of its own users' tables, as 4 m, "1 000 m" as 0 m, "1,5 m" as 15 m and (3+-0.1) m as 2.9 m.
#
# Guess before running: a text with a sign that Pint does not know is refused; what it prints in any of its formats it reads again as the same quantity.
# Seen: the minus U+2212 is dropped without a word. A comma is dropped wherever it stands; "1 000" is 1 times 0. (3 +/- 0.1) m is a measurement, and (3+-0.1) m,
#   as the package uncertainties writes it too, a difference. "2 m 3 cm" is a product. What the pretty format prints is read back, also 1×10⁻⁵ m/s², but a power
#   that is no whole number is lost: m⁰⋅⁵ comes back without a unit. unyt refuses all of these.
# Who meets it: who reads values with units from a table, a page or a form: a temperature coefficient of −4 has the wrong sign. Replace U+2212 and commas before.
# Versions: Pint==0.25.3, uncertainties==3.2.3, unyt==3.2.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3 uncertainties==3.2.3 unyt==3.2.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import pint
import unyt

quantity = pint.UnitRegistry().Quantity


def by_unyt(text):
    try:
        return unyt.unyt_quantity.from_string(text)
    except Exception as error:
        return type(error).__name__


for text in ("-4 m", "−4 m", "3 - −4", "1,5 m", "1 000 m", "1_000 m", "2 m 3 cm", "(3+/-0.1) m", "(3+-0.1) m", "(3±0.1) m"):
    print(f"{text}: {quantity(text):~P}, by unyt {by_unyt(text)}")
for value in (quantity(1e-5, "m/s**2"), quantity(-4, "m"), quantity(1.5, "m**0.5"), quantity(2, "m**1.5/s")):
    print(f"{value} is printed as {value:~P}, which is read as {quantity(f'{value:~P}')}")
PROBE
cat > "$place/expected" <<'EXPECTED'
-4 m: -4 m, by unyt -4 m
−4 m: 4 m, by unyt ValueError
3 - −4: -1, by unyt ValueError
1,5 m: 15 m, by unyt ValueError
1 000 m: 0 m, by unyt ValueError
1_000 m: 1000 m, by unyt ValueError
2 m 3 cm: 6 cm·m, by unyt ValueError
(3+/-0.1) m: 3.00+/-0.10 m, by unyt ValueError
(3+-0.1) m: 2.9 m, by unyt ValueError
(3±0.1) m: 3.00+/-0.10 m, by unyt ValueError
1e-05 meter / second ** 2 is printed as 1×10⁻⁵ m/s², which is read as 1e-05 meter / second ** 2
-4 meter is printed as -4 m, which is read as -4 meter
1.5 meter ** 0.5 is printed as 1.5 m⁰⋅⁵, which is read as 1.5 dimensionless
2 meter ** 1.5 / second is printed as 2 m¹⋅⁵/s, which is read as 2.0 meter / second
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
