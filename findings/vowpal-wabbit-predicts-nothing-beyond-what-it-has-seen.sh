#!/usr/bin/env bash
# Vowpal Wabbit, trained on y = 2x for x of 1, 2 and 3, says 6 at x = 10, and about 0 at x = −10.
#
# Guess before running: a linear model with the squared loss, trained until it is right for x of 1, 2 and 3, says 20 at x = 10 and −20 at x = −10.
# Seen: it says 6 and 0: predictions are cut to the range of the targets that were seen, which 0 belongs to. The weight itself is 2: with
#   --min_prediction and --max_prediction it says 20 and −20.
# Who meets it: who shows that a line goes on beyond its data, or plots what the model says on a wider axis: the line bends into a step, and one looks
#   for a fault in the training.
# Versions: vowpalwabbit==9.11.9; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check vowpalwabbit==9.11.9
cat > "$place/probe.py" <<'PROBE'
import vowpalwabbit

data = [f"{2 * x} | x:{x}" for x in (1, 2, 3)] * 2000
for options in ("", "--min_prediction -100 --max_prediction 100"):
    model = vowpalwabbit.Workspace(f"--noconstant --quiet {options}")
    for row in data:
        model.learn(row)
    print(options or "by default:", *(f"x = {x}: {model.predict(f'| x:{x}'):.3f}" for x in (2, 3, 10, -10)), sep="  ")
PROBE
cat > "$place/expected" <<'EXPECTED'
by default:  x = 2: 4.000  x = 3: 6.000  x = 10: 6.000  x = -10: 0.000
--min_prediction -100 --max_prediction 100  x = 2: 4.000  x = 3: 6.000  x = 10: 20.000  x = -10: -20.000
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
