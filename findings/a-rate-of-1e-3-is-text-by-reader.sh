#!/usr/bin/env bash
# lr: 1e-3 in YAML is the text "1e-3" to PyYAML and the number 0.001 to ruamel.yaml and OmegaConf; momentum: +.5 and on: differ as well.
#
# Guess before running: 1e-3 is a number to each reader of YAML, as it is in JSON, in TOML and in Python; an error, if a reader cannot have it.
# Seen: PyYAML wants a point and a sign in the exponent: 1.0e-3 is a number, and 1e-3, 1E-3, 1e3 and -1e-3 are text. OmegaConf, which is built on it, mends
#   these, but not +.5. To ruamel.yaml, which follows the newer YAML 1.2, all are numbers. A key on is True to the first two, 012 is 10 to these and 12 to
#   ruamel.yaml, and 12:30 is 750. PyYAML itself writes 1e-05 as 1.0e-05.
# Who meets it: who keeps a learning rate in a config: some programs multiply text, others compare it, and the same file works under Hydra, which uses
#   OmegaConf. Write 0.001 or 1.0e-3.
# Versions: PyYAML==6.0.4, ruamel.yaml==0.19.1, omegaconf==2.4.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 omegaconf==2.4.0
cat > "$place/rates.py" <<'PROBE'
import io
import json

import omegaconf
import ruamel.yaml
import yaml

for text in ("1e-3", "1.0e-3", "1E-3", "1e3", "-1e-3", "+.5", "1_000", "012", "12:30", "nan", ".nan"):
    line = f"lr: {text}"
    readers = {
        "PyYAML": yaml.safe_load(line),
        "ruamel.yaml": ruamel.yaml.YAML(typ="safe").load(io.StringIO(line)),
        "OmegaConf": omegaconf.OmegaConf.to_container(omegaconf.OmegaConf.create(line)),
    }
    print(f"{text}:", ", ".join(f"{name} {json.dumps(read['lr'])}" for name, read in readers.items()))
print("on: 1 is", yaml.safe_load("on: 1"), "and", dict(ruamel.yaml.YAML(typ="safe").load("on: 1")))
print("PyYAML writes", yaml.safe_dump({"lr": 1e-5}).strip())
PROBE
cat > "$place/expected" <<'EXPECTED'
1e-3: PyYAML "1e-3", ruamel.yaml 0.001, OmegaConf 0.001
1.0e-3: PyYAML 0.001, ruamel.yaml 0.001, OmegaConf 0.001
1E-3: PyYAML "1E-3", ruamel.yaml 0.001, OmegaConf 0.001
1e3: PyYAML "1e3", ruamel.yaml 1000.0, OmegaConf 1000.0
-1e-3: PyYAML "-1e-3", ruamel.yaml -0.001, OmegaConf -0.001
+.5: PyYAML "+.5", ruamel.yaml 0.5, OmegaConf "+.5"
1_000: PyYAML 1000, ruamel.yaml 1000, OmegaConf 1000
012: PyYAML 10, ruamel.yaml 12, OmegaConf 10
12:30: PyYAML 750, ruamel.yaml "12:30", OmegaConf 750
nan: PyYAML "nan", ruamel.yaml "nan", OmegaConf "nan"
.nan: PyYAML NaN, ruamel.yaml NaN, OmegaConf NaN
on: 1 is {True: 1} and {'on': 1}
PyYAML writes lr: 1.0e-05
EXPECTED
"$place/venv/bin/python" "$place/rates.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
