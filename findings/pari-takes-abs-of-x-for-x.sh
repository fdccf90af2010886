#!/usr/bin/env bash
# PARI/GP takes the absolute value of a variable for the variable, a root of its square as well, and derives functions as power series.
#
# Guess before running: deriv(sin(x)) is cos(x), and abs(x) stays or is refused, since the sign of x is not known.
# Seen: abs(x) is x and abs(-x) is x: the sign of the leading coefficient decides, so that deriv(abs(x)) = 1 at negative x too; sqrt(x^2) is x +
#   O(x^17). deriv(sin(x)) is 1 - x^2/2 + ... + O(x^16), which is cos(x) near 0 and far from it at 10; log(x) is refused.
# Who meets it: who checks derivatives by hand with gp: those of |x|, ReLU written as (x + abs(x))/2 (here x) and of roots are wrong for negative
#   numbers, without a word. Use derivnum at a number, which is right.
# Versions: Debian's pari-gp 2.15.2-1. Needs gp of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/probe.gp" <<'PROBE'
print(Str(version()[1], ".", version()[2], ".", version()[3]));
print("abs(x) = ", abs(x), ", abs(-x) = ", abs(-x));
print("deriv(abs(x)) = ", deriv(abs(x)));
print("(x + abs(x))/2 = ", (x + abs(x))/2);
print("sqrt(x^2) = ", sqrt(x^2));
print("deriv(sin(x)) = ", deriv(sin(x)));
print("derivnum at -2 of abs: ", round(derivnum(t = -2, abs(t))));
PROBE
cat > "$place/expected" <<'EXPECTED'
2.15.2
abs(x) = x, abs(-x) = x
deriv(abs(x)) = 1
(x + abs(x))/2 = x
sqrt(x^2) = x + O(x^17)
deriv(sin(x)) = 1 - 1/2*x^2 + 1/24*x^4 - 1/720*x^6 + 1/40320*x^8 - 1/3628800*x^10 + 1/479001600*x^12 - 1/87178291200*x^14 + O(x^16)
derivnum at -2 of abs: -1
EXPECTED
gp -q -f "$place/probe.gp" < /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
