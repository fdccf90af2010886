#!/usr/bin/env bash
# In Boost's automatic differentiation pow(x, 2) is NaN at x = 0, its value too; x * x is right.
#
# Guess before running: pow(x, 2), pow(x, 3), pow(x, 2.5) are 0 at 0 with the slope 0, as std::pow and the rule of powers say; tanh is 1 far out;
#   acos(1) is 0 with an infinite slope.
# Seen: value and slope of every power at 0 are NaN, with an exponent 1, 2, 3, 2.5, whole or not; a base below 0 is right with a plain 2 and NaN with a
#   2 that is itself an fvar; tanh(800) and 1/(1 + exp(−x)) at −800 are NaN, and acos(1) is NaN, too. x * x, sqrt and fabs at 0 are as expected.
# Who meets it: who writes a squared error as pow(y − t, 2): at the minimum the loss itself is NaN. Write (y − t) * (y − t).
# Versions: Debian's libboost1.74-dev 1.74.0+ds1-21; g++ 12. Needs g++ and Boost's headers of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.cpp" <<'PROBE'
#include <boost/math/differentiation/autodiff.hpp>
#include <cmath>
#include <cstdio>

using namespace boost::math::differentiation;

void say(const char *text, double number) {
    if (std::isnan(number)) printf("%s NaN", text); else printf("%s %g", text, number);
}

template <class F> void at(const char *name, F f, double x) {
    auto y = f(make_fvar<double, 1>(x));
    printf("%s at %g:", name, x);
    say("", static_cast<double>(y.derivative(0)));
    say(", slope", static_cast<double>(y.derivative(1)));
    printf("\n");
}

int main() {
    at("pow(x, 1)", [](auto x) { return pow(x, 1); }, 0);
    at("pow(x, 2)", [](auto x) { return pow(x, 2); }, 0);
    at("pow(x, 3)", [](auto x) { return pow(x, 3); }, 0);
    at("pow(x, 2.5)", [](auto x) { return pow(x, 2.5); }, 0);
    at("pow(x, 2)", [](auto x) { return pow(x, 2); }, -3);
    at("pow(x, fvar 2)", [](auto x) { return pow(x, make_fvar<double, 1>(2.0)); }, -3);
    at("x * x", [](auto x) { return x * x; }, 0);
    at("sqrt(x)", [](auto x) { return sqrt(x); }, 0);
    at("fabs(x)", [](auto x) { return fabs(x); }, 0);
    at("tanh(x)", [](auto x) { return tanh(x); }, 800);
    at("1 / (1 + exp(-x))", [](auto x) { return 1 / (1 + exp(-x)); }, -800);
    at("acos(x)", [](auto x) { return acos(x); }, 1);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
pow(x, 1) at 0: NaN, slope NaN
pow(x, 2) at 0: NaN, slope NaN
pow(x, 3) at 0: NaN, slope NaN
pow(x, 2.5) at 0: NaN, slope NaN
pow(x, 2) at -3: 9, slope -6
pow(x, fvar 2) at -3: NaN, slope NaN
x * x at 0: 0, slope 0
sqrt(x) at 0: 0, slope inf
fabs(x) at 0: 0, slope 0
tanh(x) at 800: NaN, slope NaN
1 / (1 + exp(-x)) at -800: NaN, slope NaN
acos(x) at 1: NaN, slope -inf
EXPECTED
g++ -std=c++17 -o "$place/probe" "$place/probe.cpp" && "$place/probe" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
