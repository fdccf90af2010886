#!/usr/bin/env bash
# In a Swedish, Estonian or Lithuanian locale Qt refuses 1e-3, in QLocale.toDouble and in the fields of QDoubleValidator, and writes 1.5e-07 as 1,5×10^−07.
#
# Guess before running: 1e-3, which every programming language reads, is read in any locale whose digits are those of ASCII; the decimal point alone
#   differs, and what a field shows can be typed.
# Seen: these locales have ×10^ for their exponent and read that alone: 1e-3 and 1E-3 are refused, the validator lets no e be typed, and 1,5×10^−07 has
#   signs that are on no keyboard. With · for × it is so in Northern Sami. German, French and Danish locales read 1e-3, and minus signs of either kind are
#   read in all.
# Who meets it: who has fields for learning rates or tolerances: on a Swedish student's machine 1e-3 cannot be typed, and a table copied from a field
#   cannot be read by float(). Give the field QLocale.c().
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/locales.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QLocale
from PySide6.QtGui import QDoubleValidator, QGuiApplication

application = QGuiApplication([])
for name in ("sv_SE", "et_EE", "lt_LT", "se_NO", "da_DK", "de_DE", "fr_FR", "C"):
    locale = QLocale(name) if name != "C" else QLocale.c()
    validator = QDoubleValidator()
    validator.setLocale(locale)
    written = locale.toString(1.5e-7)
    read = {text: locale.toDouble(text)[0] if locale.toDouble(text)[1] else "refused" for text in ("1e-3", "1E-3", "−5")}
    typed = {text: validator.validate(text, 0)[0].name for text in ("1e", "1e-3")}
    print(f"{name}: {read}, typed {typed}, 1.5e-7 is written {written}")
PROBE
cat > "$place/expected" <<'EXPECTED'
sv_SE: {'1e-3': 'refused', '1E-3': 'refused', '−5': -5.0}, typed {'1e': 'Invalid', '1e-3': 'Invalid'}, 1.5e-7 is written 1,5×10^−07
et_EE: {'1e-3': 'refused', '1E-3': 'refused', '−5': -5.0}, typed {'1e': 'Invalid', '1e-3': 'Invalid'}, 1.5e-7 is written 1,5×10^−07
lt_LT: {'1e-3': 'refused', '1E-3': 'refused', '−5': -5.0}, typed {'1e': 'Invalid', '1e-3': 'Invalid'}, 1.5e-7 is written 1,5×10^−07
se_NO: {'1e-3': 'refused', '1E-3': 'refused', '−5': -5.0}, typed {'1e': 'Invalid', '1e-3': 'Invalid'}, 1.5e-7 is written 1,5·10^−07
da_DK: {'1e-3': 0.001, '1E-3': 0.001, '−5': -5.0}, typed {'1e': 'Intermediate', '1e-3': 'Acceptable'}, 1.5e-7 is written 1,5e-07
de_DE: {'1e-3': 0.001, '1E-3': 0.001, '−5': -5.0}, typed {'1e': 'Intermediate', '1e-3': 'Acceptable'}, 1.5e-7 is written 1,5e-07
fr_FR: {'1e-3': 0.001, '1E-3': 0.001, '−5': -5.0}, typed {'1e': 'Intermediate', '1e-3': 'Acceptable'}, 1.5e-7 is written 1,5e-07
C: {'1e-3': 0.001, '1E-3': 0.001, '−5': -5.0}, typed {'1e': 'Intermediate', '1e-3': 'Acceptable'}, 1.5e-7 is written 1.5e-07
EXPECTED
"$place/venv/bin/python" "$place/locales.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
