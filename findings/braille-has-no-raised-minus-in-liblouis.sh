#!/usr/bin/env bash
# In French braille by liblouis 10⁻⁵ is 10 and two blanks, and w₁ is w; in English, German and Spanish the raised minus and the five are codes of five cells and more.
#
# Guess before running: tables for braille have the signs of school mathematics: raised digits and a raised minus, lowered digits, a root, ∂; U+2212 is a
#   minus, as the hyphen is.
# Seen: x² is right everywhere, as ², ³ and ¹ are in each table; 10⁵, 10⁻⁵, e⁻ˣ and w₁ are right in none. French leaves a blank cell for each such sign, so
#   that 10⁻⁵ and 10 read alike; the others spell out the number of the sign, '\x207b' letter by letter. ∂ and √ are codes in Spanish and German. In
#   Spanish the sign − is a code, the hyphen is a minus.
# Who meets it: who reads values and formulas on a braille display, which screen readers on Linux and Windows drive by these tables. Say powers and indices in
#   words, as nodegraph does where it tells steps to a screen reader.
# Versions: Debian's liblouis-bin and liblouis-data 3.24.0-1. Needs lou_translate of these packages. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/texts" <<'TEXTS'
x = -4
x = −4
x²
10⁵
10⁻⁵
e⁻ˣ
w₁
√x
∂L/∂a
a × b
TEXTS
cat > "$place/expected" <<'EXPECTED'
en-ueb-g1.ctb
  x = -4: ⠭⠀⠐⠶⠀⠤⠼⠙; back: x = -4
  x = −4: ⠭⠀⠐⠶⠀⠐⠤⠼⠙; back: x = −4
  x²: ⠭⠰⠔⠼⠃; back: x²
  10⁵: ⠼⠁⠚⠄⡳⠭⠃⠚⠛⠑⠄; back: 10'\12567/xbjge'
  10⁻⁵: ⠼⠁⠚⠄⡳⠭⠃⠚⠛⠃⠄⠄⡳⠭⠃⠚⠛⠑⠄; back: 10'\12567/xbjgb''\12567/xbjge'
  e⁻ˣ: ⠑⠄⡳⠭⠃⠚⠛⠃⠄⠄⡳⠭⠚⠃⠑⠉⠄; back: e'\12567/xbjgb''\12567/xjbec'
  w₁: ⠺⠄⡳⠭⠃⠚⠓⠁⠄; back: w'\12567/xbjha'
  √x: ⠐⠩⠭; back: √x
  ∂L/∂a: ⠈⠙⠠⠇⠸⠌⠈⠙⠁; back: ∂L/∂a
  a × b: ⠁⠀⠐⠦⠀⠃; back: a × b
de-g1.ctb
  x = -4: ⠭⠀⠈⠶⠀⠈⠤⠼⠙; back: x =  ⠈-4
  x = −4: ⠭⠀⠈⠶⠀⠈⠤⠼⠙; back: x =  ⠈-4
  x²: ⠭⠌⠆; back: x²
  10⁵: ⠼⠁⠚⠠⡳⠭⠣⠬⠻⠱⠠; back: 10\12567/xeuie75
  10⁻⁵: ⠼⠁⠚⠠⡳⠭⠣⠬⠻⠃⠠⠠⡳⠭⠣⠬⠻⠱⠠; back: 10\12567/xeuie7b\12567/xeuie75
  e⁻ˣ: ⠑⠠⡳⠭⠣⠬⠻⠃⠠⠠⡳⠭⠬⠣⠑⠩⠠; back: e\12567/xeuie7b\12567/xieeueei
  w₁: ⠺⠠⡳⠭⠣⠬⠳⠡⠠; back: w\12567/xeuieüau
  √x: ⠠⡳⠭⠣⠣⠡⠁⠠⠭; back: \12567/xeueuauax
  ∂L/∂a: ⠠⡳⠭⠣⠣⠬⠣⠠⠇⠐⠂⠠⡳⠭⠣⠣⠬⠣⠠⠁; back: \12567/xeueuieeul/\12567/xeueuieeua
  a × b: ⠁⠀⠈⠦⠀⠃; back: a ×  b
fr-bfu-comp6.utb
  x = -4: ⠭⠀⠠⠶⠀⠠⠤⠹; back: x = -4
  x = −4: ⠭⠀⠠⠶⠀⠤⠠⠹; back: x = -4
  x²: ⠭⠈⠣; back: x^ê
  10⁵: ⠠⠡⠼⠀; back: 10 
  10⁻⁵: ⠠⠡⠼⠀⠀; back: 10  
  e⁻ˣ: ⠑⠀⠀; back: e  
  w₁: ⠺⠀; back: w 
  √x: ⠜⠭; back: @x
  ∂L/∂a: ⠐⠙⠨⠇⠌⠐⠙⠁; back: \5/dL/\5/da
  a × b: ⠁⠀⠐⠔⠀⠃; back: a * b
es-g1.ctb
  x = -4: ⠭⠀⠶⠀⠤⠼⠙; back: x 7 -4
  x = −4: ⠭⠀⠶⠀⠄⡳⠭⠆⠆⠂⠆⠄⠼⠙; back: x 7 '\12567/x22,2'4
  x²: ⠭⠡⠼⠃; back: x²
  10⁵: ⠼⠁⠚⠄⡳⠭⠆⠴⠶⠢⠄; back: 10'\12567/x2075'
  10⁻⁵: ⠼⠁⠚⠄⡳⠭⠆⠴⠶⠃⠄⠄⡳⠭⠆⠴⠶⠢⠄; back: 10'\12567/x207b''\12567/x2075'
  e⁻ˣ: ⠑⠄⡳⠭⠆⠴⠶⠃⠄⠄⡳⠭⠴⠆⠑⠒⠄; back: e'\12567/x207b''\12567/x02e3'
  w₁: ⠺⠄⡳⠭⠆⠴⠦⠂⠄; back: w'\12567/x20",'
  √x: ⠄⡳⠭⠆⠆⠂⠁⠄⠭; back: '\12567/x22,a'x
  ∂L/∂a: ⠄⡳⠭⠆⠆⠴⠆⠄⠨⠇⠠⠂⠄⡳⠭⠆⠆⠴⠆⠄⠁; back: '\12567/x2202'L/'\12567/x2202'a
  a × b: ⠁⠀⠦⠀⠃; back: a " b
EXPECTED
# each line: the text, then its braille; a code such as '\x207b' is written out letter by letter by the tables
for table in en-ueb-g1.ctb de-g1.ctb fr-bfu-comp6.utb es-g1.ctb; do
  echo "$table"
  while IFS= read -r text; do
    braille=$(printf '%s\n' "$text" | lou_translate --forward "unicode.dis,$table")
    printf '  %s: %s; back: %s\n' "$text" "$braille" "$(printf '%s\n' "$braille" | lou_translate --backward "unicode.dis,$table")"
  done < "$place/texts"
done > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
