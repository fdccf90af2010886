#!/usr/bin/env bash
# eSpeak NG says "x equals four" of x = -4, "one e five" of 1e-5, and "three times ten" of 3 × 10⁻⁵.
#
# Guess before running: a minus is said wherever it stands before a number, as a hyphen or as U+2212; powers written by raised digits are said somehow, and
#   ∂ by its name.
# Seen: -4 alone is "minus four", but after a blank the hyphen is a pause: x = -4 is "x equals four". In 1e-5 and 1.5e-7 it is silent as well, and 2-3 is
#   "two dash three". With U+2212 it is said in each place. x² is "x two", 10⁻⁵ is "ten" and e⁻³ "e three": the raised minus is silent, and takes digits
#   other than ¹, ² and ³ with it. |x| is "x", ∂ is "delta", a·b is "a b".
# Who meets it: who has values and gradients read aloud by what speaks through it, as screen readers on Linux do: a negative slope becomes a positive one,
#   and a tiny one becomes thirty. Write U+2212 for the minus, and powers in words: nodegraph reads steps and formulas out so.
# Versions: Debian's espeak-ng 1.51+dfsg-10+deb12u2. Needs espeak-ng of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/texts" <<'TEXTS'
-4
x = -4
x = −4
2-3
2−3
1e-5
1.5e-7
x²
10⁻⁵
3 × 10⁻⁵
e⁻³
|x|
∂L
a·b
a×b
TEXTS
cat > "$place/expected" <<'EXPECTED'
-4: maIn@s fo@
x = -4: Eks i:kw@Lz fo@
x = −4: Eks i:kw@Lz maIn@s fo@
2-3: tu: daS Tri:
2−3: tu: maIn@s Tri:
1e-5: wVn i: faIv
1.5e-7: wVn pOInt faIv i: sEv@n
x²: Eks tu:
10⁻⁵: tEn
3 × 10⁻⁵: Tri: taImz tEn
e⁻³: i: Tri:
|x|: Eks
∂L: dElt@ El
a·b: a# bi:
a×b: a# taImz bi:
EXPECTED
# what is printed are the sounds of American English, without stress and pauses
while IFS= read -r text; do
  printf '%s: ' "$text"
  espeak-ng -v en-us -q -x -- "$text" | tr '\n' ' ' | sed "s/_:*//g; s/[',2]//g; s/  */ /g; s/^ //; s/ \$//"
  echo
done < "$place/texts" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
