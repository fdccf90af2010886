#!/usr/bin/env bash
# num2words says "zero point five" of -0.5, in 47 of its 56 languages, and inflect says "fifteen" of 1e-5, "zero" of nan and "four" of −4.
#
# Guess before running: -0.5 is "minus zero point five" as -1.5 is "minus one point five"; what is no number to a library is refused; 1e-5 as a text is 0.00001.
# Seen: num2words says the sign with the whole number before the point, and 0 has none: each number between -1 and 0 is said as a positive one in English, German,
#   French, Spanish, Japanese and most others, and rightly in Italian, Hungarian and Lithuanian. In Italian a Decimal of 0.05 is "zero". inflect takes out of a text what is no digit:
#   "1e-5" and "1,5" are fifteen, "-1e-3" is minus thirteen, "nan" and "inf" are zero. number-to-words for JavaScript drops all behind the point: -0.5 is "zero",
#   1.5 is "one", and 1e-7 is "one" as well.
# Who meets it: who has gradients or weights read aloud, for those who do not see the screen: most of them lie between -1 and 1. Say the sign oneself.
# Versions: num2words==0.5.14, inflect==7.6.0; number-to-words@1.2.4; Python 3.11, Node 20. Needs python3 with venv, node with npm, and package registries. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14 inflect==7.6.0
npm install --prefix "$place" --silent --no-audit --no-fund number-to-words@1.2.4
cat > "$place/probe.py" <<'PROBE'
from decimal import Decimal

import inflect
from num2words import CONVERTER_CLASSES, num2words

for language in ("en", "de", "fr", "es", "it", "hu"):
    print(f"num2words in {language}:", "; ".join(num2words(number, lang=language) for number in (-1.5, -0.5, -0.05, 0.05)))
print("num2words in it, of Decimals:", "; ".join(num2words(Decimal(text), lang="it") for text in ("-0.5", "0.05")))


def said(number, language):
    try:
        return num2words(number, lang=language)
    except Exception:
        return None


half = [language for language in CONVERTER_CLASSES if said(0.5, language)]
lost = [language for language in half if said(-0.5, language) == said(0.5, language)]
print(f"languages in which num2words says 0.5: {len(half)}; in which it says the same of -0.5: {len(lost)}")
engine = inflect.engine()
for text in ("-0.5", "0.05", "1e5", "1e-5", "-1e-3", "1,5", "−4", "nan", "inf"):
    print(f"inflect, of {text}:", engine.number_to_words(text))
PROBE
cat > "$place/probe.cjs" <<'PROBE'
const { toWords } = require("number-to-words");

for (const number of [-4, -0.5, 0.125, 1.5, -1.5, 0.00001, 1e-7]) console.log(`number-to-words, of ${number}: ${toWords(number)}`);
PROBE
cat > "$place/expected" <<'EXPECTED'
num2words in en: minus one point five; zero point five; zero point zero five; zero point zero five
num2words in de: minus eins Komma fünf; null Komma fünf; null Komma null fünf; null Komma null fünf
num2words in fr: moins un virgule cinq; zéro virgule cinq; zéro virgule zéro cinq; zéro virgule zéro cinq
num2words in es: menos uno punto cinco; cero punto cinco; cero punto cero cinco; cero punto cero cinco
num2words in it: meno uno virgola cinque; meno zero virgola cinque; meno zero virgola zero cinque; zero virgola zero cinque
num2words in hu: mínusz egy egész öt tized; mínusz nulla egész öt tized; mínusz nulla egész öt század; nulla egész öt század
num2words in it, of Decimals: meno zero; zero
languages in which num2words says 0.5: 56; in which it says the same of -0.5: 47
inflect, of -0.5: minus zero point five
inflect, of 0.05: zero point zero five
inflect, of 1e5: fifteen
inflect, of 1e-5: fifteen
inflect, of -1e-3: minus thirteen
inflect, of 1,5: fifteen
inflect, of −4: four
inflect, of nan: zero
inflect, of inf: zero
number-to-words, of -4: minus four
number-to-words, of -0.5: zero
number-to-words, of 0.125: zero
number-to-words, of 1.5: one
number-to-words, of -1.5: minus one
number-to-words, of 0.00001: zero
number-to-words, of 1e-7: one
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
node "$place/probe.cjs" >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
