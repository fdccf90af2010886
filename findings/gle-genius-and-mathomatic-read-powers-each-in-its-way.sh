#!/usr/bin/env bash
# -2^2 and 2^3^2 are 4 and 64 in GLE, 4 and 512 in Genius, −4 and 64 in Mathomatic, and −4 and 512 in wcalc: four programs, four rules.
#
# Guess before running: in all of them -2^2 is −4, 2^3^2 is 512, and -x^2 with x = 3 is −9.
# Seen: as above. With x = 3, -x^2 is 9 in GLE and −9 in Genius, where the sign belongs to a number that is written out and not to a name: -3^2*2 is 18
#   there. -2^0.5 is an imaginary number in Genius.
# Who meets it: who draws a curve such as exp(-x^2) for a paper with GLE: it is exp(x^2). And who checks a value by another calculator. Write brackets.
# Versions: Debian's gle-graphics 4.3.3-3, genius 1.0.27-1+b1, mathomatic 16.0.5-5 and wcalc 2.5-3+b1. Needs these four programs. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.gle" <<'PROBE'
size 1 1
print -2^2
print 2^3^2
x = 3
print -x^2
print 2*-x^2
PROBE
cat > "$place/expected" <<'EXPECTED'
GLE: -2^2, 2^3^2, -x^2 and 2*-x^2 with x = 3: 4 64 9 18
Genius: -2^2, 2^3^2, -x^2 with x = 3, -3^2*2, -2^0.5: 4 512 -9 18 0.0+1.41421356237i
Mathomatic: -2^2, 2^3^2: -4 64
wcalc: -2^2, 2^3^2: -4 512
EXPECTED
(cd "$place"
  echo "GLE: -2^2, 2^3^2, -x^2 and 2*-x^2 with x = 3:" $(gle -d eps probe.gle 2>&1 | grep -E '^-?[0-9]+$')
  echo "Genius: -2^2, 2^3^2, -x^2 with x = 3, -3^2*2, -2^0.5:" $(genius --exec='-2^2') $(genius --exec='2^3^2') $(genius --exec='x=3;-x^2' | tail -n 1) $(genius --exec='-3^2*2') $(genius --exec='-2^0.5')
  echo "Mathomatic: -2^2, 2^3^2:" $(for text in '-2^2' '2^3^2'; do echo "$text" | mathomatic -qc | grep -o 'answer = -*[0-9]*' | sed 's/answer = //'; done)
  echo "wcalc: -2^2, 2^3^2:" $(wcalc -- '-2^2' | tr -d ' =') $(wcalc '2^3^2' | tr -d ' =')
) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
