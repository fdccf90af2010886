#!/usr/bin/env bash
# In Sacado the slope of pow(x, 2) at 0 is 0 forward and NaN in reverse; pow(x, y) at (0, 1) has the slope 0 forward, and at (−2, 2) NaN.
#
# Guess before running: both modes give the same slopes: those of x·x for pow(x, 2), at 0, too; 1 for pow(x, y) by x where y is 1; the slope of a root at 0
#   is infinite, as pow(x, 0.5), too; |x| has the slope 0 at 0.
# Seen: forward (DFad) all slopes of a power at 0 are 0: by x at y = 1, where it is 1, and of pow(x, 0.5), where sqrt has an infinite one. In reverse
#   (ADvar) they are NaN, for the plain exponents 2 and 3 as well, though the value is 0. Where both are variables, pow(-2, 2) has NaN for its slope by x
#   forward, and -4 in reverse. |x| has the slope 1 at 0; of a tie max pays the first.
# Who meets it: who writes a squared error as pow(y - t, 2) and goes over from forward mode to reverse for its speed: once an error is exactly 0, its
#   gradient is NaN. Write (y - t) * (y - t).
# Versions: Debian's libtrilinos-sacado-dev 13.2.0-4; g++ 12. Needs g++, pkg-config, libopenmpi-dev, and of this version libtrilinos-sacado-dev,
#   libtrilinos-teuchos-dev and libtrilinos-kokkos-dev. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.cpp" <<'PROBE'
#include <Sacado.hpp>
#include <cmath>
#include <cstdio>
#include <string>

using Forward = Sacado::Fad::DFad<double>;
using Reverse = Sacado::Rad::ADvar<double>;

std::string plain(double number) {
    if (std::isnan(number)) return "NaN";
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", number + 0.0);
    return text;
}

template <class Function> void show(const char* name, Function function, double x, double y) {
    Forward a(2, 0, x), b(2, 1, y), seen = function(a, b);
    Reverse c(x), d(y), again = function(c, d);
    Sacado::Rad::ADcontext<double>::Gradcomp();
    std::printf("%s at (%g, %g): forward %s, slopes %s and %s; reverse %s, slopes %s and %s\n", name, x, y, plain(seen.val()).c_str(), plain(seen.dx(0)).c_str(),
                plain(seen.dx(1)).c_str(), plain(again.val()).c_str(), plain(c.adj()).c_str(), plain(d.adj()).c_str());
}

#define SHOW(formula, x, y)                        \
    show(                                          \
        #formula,                                  \
        [](auto a, auto b) -> decltype(a) {        \
            using namespace std;                   \
            return formula;                        \
        },                                         \
        x, y)

int main() {
    SHOW(a * a, 0, 1);
    SHOW(pow(a, 2), 0, 1);
    SHOW(pow(a, 2.0), 0, 1);
    SHOW(pow(a, 3.0), 0, 1);
    SHOW(pow(a, 3.0), -2, 1);
    SHOW(sqrt(a), 0, 1);
    SHOW(pow(a, 0.5), 0, 1);
    SHOW(pow(a, b), 0, 1);
    SHOW(pow(a, b), 0, 2);
    SHOW(pow(a, b), -2, 2);
    SHOW(abs(a), 0, 1);
    SHOW(max(a, b), 1, 1);
}
PROBE
g++ -std=c++17 -O0 -w -DOMPI_SKIP_MPICXX -I/usr/include/trilinos $(pkg-config --cflags ompi-c) "$place/probe.cpp" -o "$place/probe" \
  -ltrilinos_sacado -ltrilinos_teuchoscomm -ltrilinos_teuchosparameterlist -ltrilinos_teuchoscore -ltrilinos_kokkoscore -lmpi_cxx -lmpi
cat > "$place/expected" <<'EXPECTED'
a * a at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes 0 and 0
pow(a, 2) at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes NaN and 0
pow(a, 2.0) at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes NaN and 0
pow(a, 3.0) at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes NaN and 0
pow(a, 3.0) at (-2, 1): forward -8, slopes 12 and 0; reverse -8, slopes 12 and 0
sqrt(a) at (0, 1): forward 0, slopes inf and NaN; reverse 0, slopes inf and 0
pow(a, 0.5) at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes NaN and 0
pow(a, b) at (0, 1): forward 0, slopes 0 and 0; reverse 0, slopes NaN and NaN
pow(a, b) at (0, 2): forward 0, slopes 0 and 0; reverse 0, slopes NaN and NaN
pow(a, b) at (-2, 2): forward 4, slopes NaN and NaN; reverse 4, slopes -4 and NaN
abs(a) at (0, 1): forward 0, slopes 1 and 0; reverse 0, slopes 1 and 0
max(a, b) at (1, 1): forward 1, slopes 1 and 0; reverse 1, slopes 1 and 0
EXPECTED
"$place/probe" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
