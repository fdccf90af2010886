#!/usr/bin/env bash
# In river a LinearRegression with SGD(0.1) moves its weight by 0.1 times the gradient and its intercept by 0.01 times, and the gradient is that of the
#   whole square.
#
# Guess before running: one step from 0 for x = 2, t = 3 with half the square as the loss takes w to 0.6 and b to 0.3; Nadam's first step is at most one
#   and a half times its rate.
# Seen: w is 1.2, from 2(t − y)x, and b is 0.06: the optimiser's rate is not asked, as intercept_lr is 0.01 by default. Adam's first step is its rate,
#   Nadam's 1.9 times.
# Who meets it: who follows an online regression by hand: the intercept lags behind for hundreds of rows, and looks as if it were damped. Say
#   intercept_lr=0.1.
# Versions: river==0.26.1, numpy==2.4.6, scipy==1.17.1, narwhals==2.29.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check river==0.26.1 numpy==2.4.6 scipy==1.17.1 narwhals==2.29.0
cat > "$place/probe.py" <<'PROBE'
from river import linear_model, optim

for options in ({}, {"intercept_lr": 0.1}):
    model = linear_model.LinearRegression(optimizer=optim.SGD(0.1), **options)
    model.learn_one({"x": 2.0}, 3.0)
    print(options or "by default:", f"w {model.weights['x']:.4g}, b {model.intercept:.4g}")
print("squared error of 3 and 1:", optim.losses.Squared()(3.0, 1.0), "slope", optim.losses.Squared().gradient(3.0, 1.0))
for name in ("SGD", "Adam", "Nadam", "RMSProp", "AdaGrad"):
    moved = getattr(optim, name)(0.1).step({"w": 1.0}, {"w": 10.0})["w"] - 1
    print(f"first step of {name}(0.1) for the slope 10: {moved:.4g}")
PROBE
cat > "$place/expected" <<'EXPECTED'
by default: w 1.2, b 0.06
{'intercept_lr': 0.1} w 1.2, b 0.6
squared error of 3 and 1: 4.0 slope -4.0
first step of SGD(0.1) for the slope 10: -1
first step of Adam(0.1) for the slope 10: -0.1
first step of Nadam(0.1) for the slope 10: -0.19
first step of RMSProp(0.1) for the slope 10: -0.3162
first step of AdaGrad(0.1) for the slope 10: -0.1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
