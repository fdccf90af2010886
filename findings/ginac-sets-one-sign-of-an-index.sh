#!/usr/bin/env bash
# GiNaC's LaTeX puts only the first sign of an index below the line.
#
# Guess before running: print_latex(w_10) sets w with the index 10, as w_{10}.
# Seen: w_10 is printed as w_10, which TeX sets as w with index 1 and a 0 behind, like w_1 times 0; loss_a as loss_a, a product of four letters.
# Who meets it: who takes LaTeX of a graph with ten weights from ginsh into a paper. Write symbols with braces of their own. nodegraph writes w_{10}.
# Versions: Debian's ginac-tools 1.8.6-1. Needs ginsh of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/probe.ginsh" <<'PROBE'
print_latex(w_1);
print_latex(w_10);
print_latex(loss_a);
PROBE
cat > "$place/expected" <<'EXPECTED'
w_1
w_10
loss_a
EXPECTED
ginsh < "$place/probe.ginsh" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
