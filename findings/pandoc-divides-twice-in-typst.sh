#!/usr/bin/env bash
# pandoc writes a fraction below a fraction to Typst as a / b / c, which is another number; the square of a fraction squares its denominator.
#
# Guess before running: indices, fractions, roots and primes of a formula keep their meaning on the way from TeX to Typst.
# Seen: \frac{a}{\frac{b}{c}} and \frac{\frac{a}{b}}{c} become the same text, a / b / c, which Typst sets as the second (compared as pictures);
#   \frac{1/2}{3/4} is 1 / 2 / 3 / 4, \frac{a}{b}^2 is a / b^2, \frac{x}{y}_i is x / y_i. Where a part is longer than a letter or a number it writes
#   frac(…, …), which is right.
# Who meets it: who turns lecture notes or a derivation into Typst: a ratio of slopes such as the one of a chain rule is silently another formula. Write
#   \left(\frac{a}{b}\right) around inner fractions.
# Versions: pypandoc_binary==1.17 (pandoc 3.9), typst==0.15.2, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17 typst==0.15.2
cat > "$place/probe.py" <<'PROBE'
import pypandoc
import typst


def in_typst(tex):
    return pypandoc.convert_text(f"${tex}$", "typst", format="markdown").strip()


def picture(text):
    return typst.compile(f"#set page(width: 80pt, height: 60pt)\n{text}".encode(), format="svg")


print("pandoc", pypandoc.get_pandoc_version())
for tex in [
    r"\frac{a}{\frac{b}{c}}",
    r"\frac{\frac{a}{b}}{c}",
    r"\frac{\frac{1}{2}}{\frac{3}{4}}",
    r"\frac{a}{b}^2",
    r"\frac{x}{y}_i",
    r"\frac{a}{b + c}",
    r"\left(\frac{a}{b}\right)^2",
]:
    print(tex, "becomes", in_typst(tex))
written = picture(in_typst(r"\frac{a}{\frac{b}{c}}"))
print("a over (b over c), as it is set, is that picture:", written == picture("$frac(a, frac(b, c))$"))
print("it is the picture of (a over b) over c:", written == picture("$frac(frac(a, b), c)$"))
print("a / b^2 is the picture of a over b²:", picture(in_typst(r"\frac{a}{b}^2")) == picture("$frac(a, b^2)$"))
PROBE
cat > "$place/expected" <<'EXPECTED'
pandoc 3.9
\frac{a}{\frac{b}{c}} becomes $a / b / c$
\frac{\frac{a}{b}}{c} becomes $a / b / c$
\frac{\frac{1}{2}}{\frac{3}{4}} becomes $1 / 2 / 3 / 4$
\frac{a}{b}^2 becomes $a / b^2$
\frac{x}{y}_i becomes $x / y_i$
\frac{a}{b + c} becomes $frac(a, b + c)$
\left(\frac{a}{b}\right)^2 becomes $(a / b)^2$
a over (b over c), as it is set, is that picture: False
it is the picture of (a over b) over c: True
a / b^2 is the picture of a over b²: True
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
