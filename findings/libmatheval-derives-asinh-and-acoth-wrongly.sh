#!/usr/bin/env bash
# GNU libmatheval derives asinh(x) to 1/sqrt(1 − x^2) and acoth(x) to 1/(x^2 − 1): a wrong slope and a wrong sign.
#
# Guess before running: each of its derivatives agrees with a difference of the function's own values; 2^3^2 is 512.
# Seen: of 24 functions 22 agree. The slope of asinh at 0.6 is told to be 1.25 (0.857) and is no number beyond 1, where asinh has one everywhere; that
#   of acoth at 1.6 is told to be 0.641 (−0.641). -x^2 is -(x^2), as it should be, and 2^3^2 is 64.
# Who meets it: whose fit or simulation has its gradient derived by the library, as programs do that read a formula from a text field: it goes uphill,
#   or ends in NaN.
# Versions: Debian's libmatheval-dev 1.1.11+dfsg-5; gcc 12. Needs gcc and the library of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.c" <<'PROBE'
#include <math.h>
#include <matheval.h>
#include <stdio.h>

int main(void) {
    struct { const char *text; double at; } tried[] = {
        {"sin(x)", 0.6}, {"cos(x)", 0.6}, {"tan(x)", 0.6}, {"cot(x)", 0.6}, {"sec(x)", 0.6}, {"csc(x)", 0.6}, {"asin(x)", 0.6},
        {"acos(x)", 0.6}, {"atan(x)", 0.6}, {"acot(x)", 0.6}, {"asec(x)", 1.6}, {"acsc(x)", 1.6}, {"sinh(x)", 0.6}, {"cosh(x)", 0.6},
        {"tanh(x)", 0.6}, {"coth(x)", 0.6}, {"asinh(x)", 0.6}, {"acosh(x)", 1.6}, {"atanh(x)", 0.6}, {"acoth(x)", 1.6}, {"exp(-x)", 0.6},
        {"log(x)", 0.6}, {"sqrt(x)", 0.6}, {"-x^2", 0.6}};
    int agree = 0, count = sizeof tried / sizeof *tried;
    for (int i = 0; i < count; i++) {
        void *f = evaluator_create((char *)tried[i].text), *slope = evaluator_derivative(f, "x");
        double h = 1e-6, x = tried[i].at;
        double seen = (evaluator_evaluate_x(f, x + h) - evaluator_evaluate_x(f, x - h)) / (2 * h), told = evaluator_evaluate_x(slope, x);
        if (fabs(told - seen) < 1e-6 * fabs(seen))
            agree++;
        else
            printf("%s at %g: told %s = %.4g, a difference shows %.4g\n", tried[i].text, x, evaluator_get_string(slope), told, seen);
    }
    printf("%d of %d agree\n", agree, count);
    void *f = evaluator_create("asinh(x)");
    double beyond = evaluator_evaluate_x(evaluator_derivative(f, "x"), 2);
    printf("the slope of asinh at 2: %s\n", isnan(beyond) ? "NaN" : "a number");
    printf("2^3^2 is %g\n", evaluator_evaluate_x(evaluator_create("2^3^2"), 0));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
asinh(x) at 0.6: told (1/sqrt((1-(x^2)))) = 1.25, a difference shows 0.8575
acoth(x) at 1.6: told (1/((x^2)-1)) = 0.641, a difference shows -0.641
22 of 24 agree
the slope of asinh at 2: NaN
2^3^2 is 64
EXPECTED
(cd "$place" && gcc probe.c -o probe -lmatheval -lm && ./probe) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
