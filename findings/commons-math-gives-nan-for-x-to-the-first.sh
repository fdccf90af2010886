#!/usr/bin/env bash
# In Apache Commons Math the value of x^1.0 at 0 is NaN as soon as second derivatives are asked for, and that of (−2)^y at y = 2 always.
#
# Guess before running: how many derivatives a DerivativeStructure has changes no value; pow(0, 1.0) is 0 with the slope 1, pow(0, 1.5) 0 with the slope 0
#   and pow(0, 0.5) 0 with an infinite one; (−2)^2 is 4 with an exponent that is a variable; a sigmoid far out has the slope 0.
# Seen: up to order 1, pow(0, 1.0) is right; up to order 2 its value and all slopes are NaN, up to order 3 those of pow(0, 2.0), too. pow(0, 0.5) is NaN
#   in each. pow(0, y) is 0 with NaN slopes, pow(-2, y) NaN. 1/(1 + exp(-x)) at -1000 is 0 with a NaN slope. The slope by another variable, 0, becomes NaN
#   beside an infinite one. log(-2) is NaN with a slope of -0.5; remainder goes to the nearest multiple, so that 2 remainder 3 is -1.
# Who meets it: who fits a power law or a rate law x^n with real exponents: where a sample is 0, the gradient of the whole is NaN, once curvature is asked
#   for. Write pow with a whole number, or multiply; pow(1), pow(2) and x * x are right.
# Versions: Debian's libcommons-math3-java 3.6.1-3; OpenJDK 17. Needs a JDK and this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/Probe.java" <<'PROBE'
import java.util.function.Supplier;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

public class Probe {
    static int order = 1;

    static DerivativeStructure x(double value) {
        return new DerivativeStructure(2, order, 0, value);
    }

    static DerivativeStructure y(double value) {
        return new DerivativeStructure(2, order, 1, value);
    }

    static void show(String name, Supplier<DerivativeStructure> made) {
        DerivativeStructure found = made.get();
        System.out.println(name + " = " + found.getValue() + ", slopes " + found.getPartialDerivative(1, 0) + " and " + found.getPartialDerivative(0, 1));
    }

    public static void main(String[] arguments) {
        for (order = 1; order <= 3; order++)
            for (double exponent : new double[] {3.0, 2.0, 1.5, 1.0, 0.5})
                show("derivatives up to order " + order + ": pow(0, " + exponent + ")", () -> x(0).pow(exponent));
        order = 2;
        show("pow(0, the whole number 1)", () -> x(0).pow(1));
        show("pow(-2, 1.0)", () -> x(-2).pow(1.0));
        show("pow(0, y) at y = 2", () -> x(0).pow(y(2)));
        show("pow(-2, y) at y = 2", () -> x(-2).pow(y(2)));
        show("sqrt(0)", () -> x(0).sqrt());
        show("sqrt(0) + y at y = 1", () -> x(0).sqrt().add(y(1)));
        show("abs(0)", () -> x(0).abs());
        show("log(-2)", () -> x(-2).log());
        show("1/(1 + exp(-x)) at -1000", () -> x(-1000).negate().exp().add(1).reciprocal());
        show("2 remainder 3", () -> x(2).remainder(y(3)));
        show("hypot(3, 4)", () -> DerivativeStructure.hypot(x(3), y(4)));
    }
}
PROBE
javac -nowarn -cp /usr/share/java/commons-math3.jar -d "$place" "$place/Probe.java"
cat > "$place/expected" <<'EXPECTED'
derivatives up to order 1: pow(0, 3.0) = 0.0, slopes 0.0 and 0.0
derivatives up to order 1: pow(0, 2.0) = 0.0, slopes 0.0 and 0.0
derivatives up to order 1: pow(0, 1.5) = 0.0, slopes 0.0 and 0.0
derivatives up to order 1: pow(0, 1.0) = 0.0, slopes 1.0 and 0.0
derivatives up to order 1: pow(0, 0.5) = NaN, slopes Infinity and NaN
derivatives up to order 2: pow(0, 3.0) = 0.0, slopes 0.0 and 0.0
derivatives up to order 2: pow(0, 2.0) = 0.0, slopes 0.0 and 0.0
derivatives up to order 2: pow(0, 1.5) = NaN, slopes NaN and NaN
derivatives up to order 2: pow(0, 1.0) = NaN, slopes NaN and NaN
derivatives up to order 2: pow(0, 0.5) = NaN, slopes NaN and NaN
derivatives up to order 3: pow(0, 3.0) = 0.0, slopes 0.0 and 0.0
derivatives up to order 3: pow(0, 2.0) = NaN, slopes NaN and NaN
derivatives up to order 3: pow(0, 1.5) = NaN, slopes NaN and NaN
derivatives up to order 3: pow(0, 1.0) = NaN, slopes NaN and NaN
derivatives up to order 3: pow(0, 0.5) = NaN, slopes NaN and NaN
pow(0, the whole number 1) = 0.0, slopes 1.0 and 0.0
pow(-2, 1.0) = -2.0, slopes 1.0 and 0.0
pow(0, y) at y = 2 = 0.0, slopes NaN and NaN
pow(-2, y) at y = 2 = NaN, slopes NaN and NaN
sqrt(0) = 0.0, slopes Infinity and NaN
sqrt(0) + y at y = 1 = 1.0, slopes Infinity and NaN
abs(0) = 0.0, slopes 1.0 and 0.0
log(-2) = NaN, slopes -0.5 and 0.0
1/(1 + exp(-x)) at -1000 = 0.0, slopes NaN and NaN
2 remainder 3 = -1.0, slopes 1.0 and -1.0
hypot(3, 4) = 5.0, slopes 0.6000000000000001 and 0.8
EXPECTED
java -cp "$place:/usr/share/java/commons-math3.jar" Probe > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
