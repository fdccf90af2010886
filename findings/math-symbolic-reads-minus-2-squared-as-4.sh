#!/usr/bin/env bash
# Math::Symbolic, Perl's algebra system, reads -2^2 as 4 and -x^2 as (-x)^2, so that a bell exp(-x^2) becomes a wall.
#
# Guess before running: -2^2 is -4, 2^3^2 is 512, 1e-3 is a number, and the derivative of x^2 at 0 is 0.
# Seen: 2^3^2 is 512, 1e-3 a number, the derivative of x^2 right. -2^2 is (-2)^2 = 4, -x^2 at 3 is 9, exp(-x^2) at 3 is 8103 instead of 0.000123, and
#   1-x^2, a difference, is -8 as it should be.
# Who meets it: who gives it a formula from a book. Write 0-x^2 or -(x^2).
# Versions: Debian's libmath-symbolic-perl 0.612-3. Needs perl with it. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.pl" <<'PROBE'
use strict; use warnings; use Math::Symbolic qw/:all/;
for my $text ("-2^2", "0-2^2", "2^3^2", "1e-3", "-x^2", "exp(-x^2)", "exp(-(x^2))", "1-x^2", "partial_derivative(x^2, x)") {
    my $tree = Math::Symbolic->parse_from_string($text);
    $tree = $tree->apply_derivatives() if $text =~ /partial/;
    printf "%s is read as %s, at x = 3: %.6g\n", $text, $tree->to_string(), $tree->value(x => 3);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
-2^2 is read as (-2) ^ 2, at x = 3: 4
0-2^2 is read as 0 - (2 ^ 2), at x = 3: -4
2^3^2 is read as 2 ^ (3 ^ 2), at x = 3: 512
1e-3 is read as 1e-3, at x = 3: 0.001
-x^2 is read as (-x) ^ 2, at x = 3: 9
exp(-x^2) is read as 2.71828182845905 ^ ((-x) ^ 2), at x = 3: 8103.08
exp(-(x^2)) is read as 2.71828182845905 ^ (-(x ^ 2)), at x = 3: 0.00012341
1-x^2 is read as 1 - (x ^ 2), at x = 3: -8
partial_derivative(x^2, x) is read as 2 * x, at x = 3: 6
EXPECTED
perl "$place/probe.pl" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
