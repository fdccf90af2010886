#!/usr/bin/env bash
# Qt's C locale, meant for files and programs, reads 1,000 as a thousand, and 1,5 as no number.
#
# Guess before running: QLocale.c().toDouble takes what QString::toDouble or C's strtod take, so no commas: 1,000 is refused like 1,5.
# Seen: 1,000 is 1000 and 1,000.5 is 1000.5, both said to be right, while 1,5 and 1,00 are refused. RejectGroupSeparator must be set to refuse them; C
#   leaves commas out only when it writes.
# Who meets it: who checks numbers of a European table (1,250 for one and a quarter) with the C locale because it is strict: some are refused, those of
#   three decimals become a thousand times as large.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QLocale

C = QLocale.c()
strict = QLocale.c()
strict.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator)
for text in ("1,000", "1,250", "1,000.5", "1,5", "1,00", "1 000"):
    print(text, *(f"{value:g}" if right else "refused" for value, right in (C.toDouble(text), strict.toDouble(text))))
PROBE
cat > "$place/expected" <<'EXPECTED'
1,000 1000 refused
1,250 1250 refused
1,000.5 1000.5 refused
1,5 refused refused
1,00 refused refused
1 000 refused refused
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
