#!/usr/bin/env bash
# Logs for TensorBoard hold losses in single precision: 1e-50 becomes 0, 1e300 infinity, and ∂ in a name an underscore.
#
# Guess before running: add_scalar takes a float of Python, and TensorBoard's reader gives a Python float back: the same
#   number, under the same name.
# Seen: the number has seven digits (0.1 is 0.10000000149011612, 16777217 is 16777216), 1e-50 is 0.0 and 1e300 is inf, at which a loss that
#   was fine looks as if it had run away. The name grad/∂a is kept as grad/_a, while δ stays, and a blank becomes an underscore, too.
# Who meets it: who follows a training in double precision through TensorBoard, or compares losses in their later digits.
# Versions: tensorboardX==2.6.5, tensorboard==2.21.0; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check tensorboardX==2.6.5 tensorboard==2.21.0 setuptools==80.9.0
cat > "$place/scalars.py" <<'PROBE'
import logging
import tempfile

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboardX import SummaryWriter

logging.disable(logging.WARNING)
folder = tempfile.mkdtemp()
losses = [0.1, 16777217.0, 1e-45, 1e-50, 1e38, 1e300, 3.0]
with SummaryWriter(folder) as writer:
    for step, loss in enumerate(losses):
        writer.add_scalar("loss", loss, step)
    for step, name in enumerate(["grad/∂a", "grad/∂b", "grad/δb", "grad/a b"]):
        writer.add_scalar(name, step, step)
events = EventAccumulator(folder)
events.Reload()
for loss, kept in zip(losses, events.Scalars("loss")):
    print(loss, "comes back as", kept.value)
for name in events.Tags()["scalars"]:
    print(name, [event.value for event in events.Scalars(name)])
PROBE
cat > "$place/expected" <<'EXPECTED'
0.1 comes back as 0.10000000149011612
16777217.0 comes back as 16777216.0
1e-45 comes back as 1.401298464324817e-45
1e-50 comes back as 0.0
1e+38 comes back as 9.999999680285692e+37
1e+300 comes back as inf
3.0 comes back as 3.0
loss [0.10000000149011612, 16777216.0, 1.401298464324817e-45, 0.0, 9.999999680285692e+37, inf, 3.0]
grad/_a [0.0]
grad/_b [1.0]
grad/δb [2.0]
grad/a_b [3.0]
EXPECTED
"$place/venv/bin/python" "$place/scalars.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
