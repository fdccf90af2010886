#!/usr/bin/env bash
# MLflow gives an infinite metric back as 1.797e308 from its database, and a negative zero as zero.
#
# Guess before running: a metric is a float of Python and comes back as it was; NaN may be trouble, since databases have
#   none.
# Seen: NaN comes back as NaN, but inf as 1.7976931348623157e+308 and -inf as its negative, the largest numbers there are, so that
#   math.isinf finds no loss that has run away, and a mean of such values overflows; -0.0 comes back as 0.0. A number near them, 1e308, is
#   itself. So a training run that diverged looks like one that ended at a finite loss.
# Who meets it: who looks in MLflow for the step at which a loss became infinite: ask for a loss of at least
#   1.797e308.
# Versions: mlflow-skinny==3.17.2, sqlalchemy==2.1.9, alembic==1.20.1; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mlflow-skinny==3.17.2 sqlalchemy==2.1.9 alembic==1.20.1
cat > "$place/metrics.py" <<'PROBE'
import logging
import math
import tempfile

import mlflow

logging.disable(logging.INFO)
mlflow.set_tracking_uri(f"sqlite:///{tempfile.mkdtemp()}/runs.db")
client = mlflow.MlflowClient()
run = client.create_run(client.create_experiment("training")).info.run_id
losses = [0.1, 1e308, math.inf, -math.inf, math.nan, 1e-320, -0.0]
for step, loss in enumerate(losses):
    client.log_metric(run, "loss", loss, step=step)
for loss, kept in zip(losses, client.get_metric_history(run, "loss")):
    print(loss, "comes back as", kept.value, "infinite" if math.isinf(kept.value) else "")
PROBE
cat > "$place/expected" <<'EXPECTED'
0.1 comes back as 0.1 
1e+308 comes back as 1e+308 
inf comes back as 1.7976931348623157e+308 
-inf comes back as -1.7976931348623157e+308 
nan comes back as nan 
1e-320 comes back as 1e-320 
-0.0 comes back as 0.0 
EXPECTED
"$place/venv/bin/python" "$place/metrics.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
