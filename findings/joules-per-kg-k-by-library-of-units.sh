#!/usr/bin/env bash
# "J/kg K", as tables and text books head a column, is J/(kg K) to astropy and to GNU units, and J K/kg to Pint and to UDUNITS.
#
# Guess before running: all four read a blank after a slash alike, as J/(kg K), or refuse it as not clear.
# Seen: astropy and units put the K below the line, Pint and UDUNITS above it, all without a word; the same with W/m^2 K. Only J/kg/K and J/(kg K) are
#   one unit everywhere.
# Who meets it: who hands a table with units in its head from one program to another: the value is the same, the unit is wrong by a temperature squared,
#   and the mistake shows at the next addition, if at all. Write J/(kg K).
# Versions: Pint==0.25.3, astropy==8.0.2; Debian's units 2.22-2 and udunits-bin 2.2.28-5; Python 3.11. Needs python3 with venv, a package index, and
#   units and udunits2 of these packages. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3 astropy==8.0.2
cat > "$place/probe.py" <<'PROBE'
import subprocess

import pint
from astropy.units import Unit

registry = pint.UnitRegistry()
print("pint:", registry.parse_units("J/kg K") == registry.parse_units("J/(kg K)"), registry.parse_units("J/kg K") == registry.parse_units("J K/kg"))
print("astropy:", Unit("J/kg K") == Unit("J/(kg K)"), Unit("J/kg K") == Unit("J K/kg"))


def same(*command: str) -> bool:
    said = subprocess.run(command, capture_output=True, text=True)
    return said.returncode == 0 and "not convertible" not in said.stdout + said.stderr


print("units:", same("units", "-t", "J/kg K", "J/(kg K)"), same("units", "-t", "J/kg K", "J K/kg"))
print("udunits2:", same("udunits2", "-H", "J/kg K", "-W", "J/(kg K)"), same("udunits2", "-H", "J/kg K", "-W", "J K/kg"))
PROBE
cat > "$place/expected" <<'EXPECTED'
J/kg K is J/(kg K), is J K/kg:
pint: False True
astropy: True False
units: True False
udunits2: False True
EXPECTED
{ echo "J/kg K is J/(kg K), is J K/kg:"; "$place/venv/bin/python" "$place/probe.py"; } > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
