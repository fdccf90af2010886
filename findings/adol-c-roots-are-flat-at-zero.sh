#!/usr/bin/env bash
# In ADOL-C sqrt and pow(x, 0.5) have the slope 0 at 0, and the return code says that all is smooth there.
#
# Guess before running: at 0 fabs has the slope 0, fmax one half, a root an infinite slope, and what cannot be differentiated is told by the return
#   code.
# Seen: fabs and fmax are as guessed, and told with the code 1. A root at 0 has the slope 0 with the code 3, the one of points where a function is as
#   smooth as one could wish; a logarithm at 0 and asin at 1 have infinite slopes, with the code 3 as well. pow(x, x) at −2 has the slope 0.25 (that of
#   the base alone) with the code 2.
# Who meets it: who relies on the code to find the points where a gradient is none: a norm at 0 seems to be at a minimum with a slope of 0. Test for
#   such points yourself.
# Versions: Debian's libadolc-dev 2.7.2-6; g++ 12. Needs g++ and ADOL-C of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.cpp" <<'PROBE'
#include <adolc/adolc.h>
#include <cstdio>
#include <functional>
#include <initializer_list>

using Function = std::function<adouble(adouble)>;

void show(const char *name, const Function &f, std::initializer_list<double> places) {
    for (double place : places) {
        double value, slope[1] = {99}, at[1] = {place};
        trace_on(1);
        adouble x;
        x <<= place;
        adouble y = f(x);
        y >>= value;
        trace_off();
        int code = gradient(1, 1, at, slope);
        printf("%s at %g: value %g, slope %g, code %d\n", name, place, value, slope[0], code);
    }
}

int main() {
    show("fabs(x)", [](adouble x) -> adouble { return fabs(x); }, {-1, 0});
    show("fmax(x, 0)", [](adouble x) -> adouble { return fmax(x, 0.0); }, {-1, 0});
    show("sqrt(x)", [](adouble x) -> adouble { return sqrt(x); }, {0, 4});
    show("pow(x, 0.5)", [](adouble x) -> adouble { return pow(x, 0.5); }, {0});
    show("log(x)", [](adouble x) -> adouble { return log(x); }, {0});
    show("asin(x)", [](adouble x) -> adouble { return asin(x); }, {1});
    show("pow(x, x)", [](adouble x) -> adouble { return pow(x, x); }, {-2, 2});
    return 0;
}
PROBE
cat > "$place/expected" <<'EXPECTED'
fabs(x) at -1: value 1, slope -1, code 3
fabs(x) at 0: value 0, slope 0, code 1
fmax(x, 0) at -1: value 0, slope 0, code 3
fmax(x, 0) at 0: value 0, slope 0.5, code 1
sqrt(x) at 0: value 0, slope 0, code 3
sqrt(x) at 4: value 2, slope 0.25, code 3
pow(x, 0.5) at 0: value 0, slope 0, code 3
log(x) at 0: value -inf, slope inf, code 3
asin(x) at 1: value 1.5708, slope inf, code 3
pow(x, x) at -2: value 0.25, slope 0.25, code 2
pow(x, x) at 2: value 4, slope 6.77259, code 3
EXPECTED
(cd "$place" && g++ -O1 probe.cpp -ladolc -o probe && ./probe 2> /dev/null) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
