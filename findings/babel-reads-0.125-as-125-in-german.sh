#!/usr/bin/env bash
# Babel and numbro read 0.125 as 125 in German, and 1,5 as 15 in English.
#
# Guess before running: a sign that cannot part thousands where it stands is refused, or taken for the decimal point.
# Seen: parse_decimal of Babel and unformat of numbro take the language's sign for thousands out wherever it stands: 0.125 is 125 in German (numbro:
#   125, too), 1,5 is 15 in English. With strict=True Babel refuses and offers both readings. Babel refuses the minus sign U+2212 that its own
#   format_scientific writes in Swedish; numbro gives undefined for it.
# Who meets it: who reads a typed learning rate or weight in the user's language: 0.125 becomes a thousand times as much, and nobody is told. Use
#   strict=True.
# Versions: babel==2.19.0; numbro@2.5.0; Python 3.11, Node 20. Needs python3 with venv, node with npm, and package registries. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts numbro@2.5.0
cat > "$place/probe.mjs" <<'SCRIPT'
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const numbro = require("numbro");
numbro.registerLanguage(require("numbro/languages/de-DE.js"));
for (const [language, texts] of [["en-US", ["0.125", "1,5", "\u22124"]], ["de-DE", ["0,125", "0.125", "1.5"]]]) {
  numbro.setLanguage(language);
  for (const text of texts) console.log(`numbro ${language}: ${text} is ${numbro.unformat(text)}`);
}
SCRIPT
cat > "$place/probe.py" <<'PROBE'
from babel.numbers import NumberFormatError, format_scientific, parse_decimal

swedish = format_scientific(-1e-5, locale="sv")
for locale, texts in (("en", ("0.125", "1,5")), ("de", ("0,125", "0.125", "1.5")), ("sv", ("0,5", "\u22120,5"))):
    for text in texts:
        for strict in (False, True):
            try:
                told = parse_decimal(text, locale=locale, strict=strict)
            except NumberFormatError as error:
                told = f"refused: {error}"
            print(f"Babel {locale}, strict {strict}: {text} is {told}")
print("Babel writes in Swedish:", swedish, ascii(swedish))
PROBE
cat > "$place/expected" <<'EXPECTED'
Babel en, strict False: 0.125 is 0.125
Babel en, strict True: 0.125 is 0.125
Babel en, strict False: 1,5 is 15
Babel en, strict True: 1,5 is refused: '1,5' is not a properly formatted decimal number. Did you mean '15'? Or maybe '1.5'?
Babel de, strict False: 0,125 is 0.125
Babel de, strict True: 0,125 is 0.125
Babel de, strict False: 0.125 is 125
Babel de, strict True: 0.125 is refused: '0.125' is not a properly formatted decimal number. Did you mean '125'? Or maybe '0,125'?
Babel de, strict False: 1.5 is 15
Babel de, strict True: 1.5 is refused: '1.5' is not a properly formatted decimal number. Did you mean '15'? Or maybe '1,5'?
Babel sv, strict False: 0,5 is 0.5
Babel sv, strict True: 0,5 is 0.5
Babel sv, strict False: −0,5 is refused: '−0,5' is not a valid decimal number
Babel sv, strict True: −0,5 is refused: '−0,5' is not a valid decimal number
Babel writes in Swedish: -1×10^−5 '-1\xd710^\u22125'
numbro en-US: 0.125 is 0.125
numbro en-US: 1,5 is 15
numbro en-US: −4 is undefined
numbro de-DE: 0,125 is 0.125
numbro de-DE: 0.125 is 125
numbro de-DE: 1.5 is 15
EXPECTED
("$place/venv/bin/python" "$place/probe.py"; node "$place/probe.mjs") > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
