#!/usr/bin/env bash
# In Eigen's AutoDiffScalar the root of one input at 0 has the slope NaN by another input, which it does not hold.
#
# Guess before running: sqrt(x) at x = 0 has the slopes ∞ by x and 0 by y; asin(x) at 1 alike; |x| has the slope 0 at 0.
# Seen: the slope by y is NaN for sqrt(x), pow(x, 0.5), log(x) at 0 and asin(x) at 1, as ∞ is multiplied with each of the zeros that stand for other
#   inputs; so is everything that is added to it. |x| has the slope 1 at 0, at −0, too. pow(x, 2.0) is right at 0 and below.
# Who meets it: who differentiates a length sqrt(x*x + y*y), or a sum with one such term, by many inputs at once: a single 0 makes the whole gradient
#   NaN, where other libraries have one ∞.
# Versions: Debian's libeigen3-dev 3.4.0-4; g++ 12. Needs g++ and Eigen's headers of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.cpp" <<'PROBE'
#include <Eigen/Core>
#include <cmath>
#include <cstdio>
#include <unsupported/Eigen/AutoDiff>

using Number = Eigen::AutoDiffScalar<Eigen::Vector2d>;

void show(const char *name, const Number &y) {
    printf("%s: %g, slopes by x and y:", name, y.value());
    for (int i = 0; i < 2; i++) {
        double d = y.derivatives()(i);
        if (std::isnan(d)) printf(" NaN"); else printf(" %g", d + 0.0);
    }
    printf("\n");
}

int main() {
    Number zero(0.0, 2, 0), one(1.0, 2, 0), y(3.0, 2, 1), below(-0.0, 2, 0);
    show("sqrt(x) at 0", sqrt(zero));
    show("sqrt(x) + y at 0", Number(sqrt(zero)) + y);
    show("pow(x, 0.5) at 0", pow(zero, 0.5));
    show("log(x) at 0", log(zero));
    show("asin(x) at 1", asin(one));
    show("pow(x, 2.0) at 0", pow(zero, 2.0));
    show("abs(x) at 0", abs(zero));
    show("abs(x) at -0", abs(below));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
sqrt(x) at 0: 0, slopes by x and y: inf NaN
sqrt(x) + y at 0: 3, slopes by x and y: inf NaN
pow(x, 0.5) at 0: 0, slopes by x and y: inf NaN
log(x) at 0: -inf, slopes by x and y: inf NaN
asin(x) at 1: 1.5708, slopes by x and y: inf NaN
pow(x, 2.0) at 0: 0, slopes by x and y: 0 0
abs(x) at 0: 0, slopes by x and y: 1 0
abs(x) at -0: 0, slopes by x and y: 1 0
EXPECTED
g++ -I/usr/include/eigen3 -o "$place/probe" "$place/probe.cpp" && "$place/probe" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
