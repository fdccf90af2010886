#!/usr/bin/env bash
# In FANN a linear neuron w·x is half of w·x, learns from any error above 1 as if it were 17, and a sigmoid that is quite saturated has a slope of
#   0.0099.
#
# Guess before running: with FANN_TRAIN_INCREMENTAL and w = 1, x = 2, t = 5 the neuron says 2 and goes by rate · (t − y) · x = 0.1 · 3 · 2 = 0.6, and a
#   saturated sigmoid, whose slope y(1 − y) is 0, does not move.
# Seen: it says 1, as the steepness, 0.5 by default, counts for linear neurons, too, and goes by 1.7 = 0.1 · 17 · 0.5 · 2, for an error of 4 as of 2:
#   errors pass through log((1 + e)/(1 − e)), which ends at 17, as FANN_ERRORFUNC_TANH is the default. Being off by 0.5 counts as 1.10. The sigmoid at 20
#   · 2 is 1 and moves by 0.0337: its value is taken back to 0.99 before y(1 − y) is formed. Only with FANN_ERRORFUNC_LINEAR and a steepness of 1 the
#   neuron says 2 and goes by 0.6.
# Who meets it: who checks a lesson on one step of gradient descent by FANN, or fits a line with it: targets beyond 1 all push alike, so that it swings
#   around.
# Versions: Debian's libfann-dev 2.2.0+ds-8; gcc 12. Needs gcc and the library of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.c" <<'PROBE'
#include <doublefann.h>
#include <stdio.h>

static struct fann *net;

static void step(const char *name, double weight, double target) {
    double x[1] = {2}, t[1] = {target};
    struct fann_connection found[2];
    fann_set_weight(net, 0, 2, weight);
    fann_set_weight(net, 1, 2, 0);
    double y = fann_run(net, x)[0];
    fann_train(net, x, t);
    fann_get_connection_array(net, found);
    printf("%s: y = %.4g, t = %g, the weight goes by %.4f\n", name, y, target, found[0].weight - weight);
}

int main(void) {
    net = fann_create_standard(2, 1, 1);
    fann_set_training_algorithm(net, FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(net, 0.1);
    fann_set_activation_function_output(net, FANN_LINEAR);
    step("linear", 1, 5);
    step("linear", 1, 3);
    step("linear", 1, 1.5);
    fann_set_activation_function_output(net, FANN_SIGMOID);
    step("sigmoid", 20, 0);
    fann_set_activation_function_output(net, FANN_LINEAR);
    fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
    step("linear, with FANN_ERRORFUNC_LINEAR", 1, 5);
    fann_set_activation_steepness_output(net, 1);
    step("and a steepness of 1", 1, 5);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
linear: y = 1, t = 5, the weight goes by 1.7000
linear: y = 1, t = 3, the weight goes by 1.7000
linear: y = 1, t = 1.5, the weight goes by 0.1099
sigmoid: y = 1, t = 0, the weight goes by -0.0337
linear, with FANN_ERRORFUNC_LINEAR: y = 1, t = 5, the weight goes by 0.4000
and a steepness of 1: y = 2, t = 5, the weight goes by 0.6000
EXPECTED
(cd "$place" && gcc probe.c -o probe -ldoublefann -lm && ./probe) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
