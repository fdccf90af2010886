#!/usr/bin/env bash
# Math::Symbolic derives cot(x) to -1/cos(x)^2 and asin(x) to 1/(1 - x^2), without the root, and simplify() makes 1/(1 + x) of the derivative of
#   atan(x).
#
# Guess before running: derivatives are the textbook's (the guess named x^2 alone, and no other was expected to miss), and simplify() changes no value.
# Seen: at 0.5 the slope of cot is -1.30 (the difference quotient says -4.35), that of acos -1.33 (-1.15), that of log(x, 2), the logarithm to the base
#   x, 0 (-2.89). That of asin is 1.33 as well (1.15). Those of tan, atan, asinh and x^x are right. simplify() makes 1/(1 + x) of 1/(1 + x^2), so that the
#   slope of atan at 0.5 becomes 0.667 instead of 0.8, likewise asinh; asin comes to 2.
# Who meets it: who checks gradients by hand with it: four of its rules are false, and two more become so by simplify().
# Versions: Debian's libmath-symbolic-perl 0.612-3. Needs perl with it. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.pl" <<'PROBE'
use strict; use warnings; use Math::Symbolic qw/:all/;
my $x = 0.5;
for my $text ("tan(x)", "cot(x)", "asin(x)", "acos(x)", "atan(x)", "asinh(x)", "log(x, 2)", "x^x") {
    my $f = Math::Symbolic->parse_from_string($text);
    my $quotient = ($f->value(x => $x + 1e-6) - $f->value(x => $x - 1e-6)) / 2e-6;
    my $slope = Math::Symbolic->parse_from_string("partial_derivative($text, x)")->apply_derivatives();
    my $simple = $slope->simplify();
    printf "%s: quotient %.4f, slope %.4f, simplified %.4f  %s\n", $text, $quotient, $slope->value(x => $x), $simple->value(x => $x), $simple->to_string();
}
PROBE
cat > "$place/expected" <<'EXPECTED'
tan(x): quotient 1.2984, slope 1.2984, simplified 1.2984  1 / ((cos(x)) ^ 2)
cot(x): quotient -4.3507, slope -1.2984, simplified -1.2984  -(1 / ((cos(x)) ^ 2))
asin(x): quotient 1.1547, slope 1.3333, simplified 2.0000  1 / (1 - x)
acos(x): quotient -1.1547, slope -1.3333, simplified -1.3333  -1 / (1 - (x ^ 2))
atan(x): quotient 0.8000, slope 0.8000, simplified 0.6667  1 / (1 + x)
asinh(x): quotient 0.8944, slope 0.8944, simplified 0.6667  1 / (1 + x)
log(x, 2): quotient -2.8854, slope -0.0000, simplified 0.0000  0
x^x: quotient 0.2170, slope 0.2170, simplified 0.2170  (x ^ x) * ((log(2.71828182845905, x)) + (x * (1 / x)))
EXPECTED
perl "$place/probe.pl" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
