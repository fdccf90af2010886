#!/usr/bin/env bash
# Scilab writes a diverged loss into JSON as nan and inf, which neither Python nor Node reads, and a list of one weight as a number.
#
# Guess before running: toJSON writes NaN as null, as JavaScript and Octave do, or refuses it; a vector of one number is a list.
# Seen: {"loss": [1, nan], "w": inf}: JSON has neither, and Python's reader, which takes NaN and Infinity, refuses these as Node's does; fromJSON of Scilab
#   reads them back. [0.5] is written as 0.5. Numbers come back as they were.
# Who meets it: who hands parameters or losses from Scilab to a page or a program: the file is fine until one number breaks down, and a network with one
#   weight in a layer has another shape. Look for isnan and isinf before.
# Versions: Debian's scilab-cli 6.1.1+dfsg2-6; Python 3.11, Node 20. Needs scilab-cli of this package, python3 and node. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.sce" <<'PROBE'
mode(-1);
mputl(toJSON(struct("loss", [1 %nan], "w", %inf)), "broken.json");
mputl(toJSON(struct("w", [0.5], "third", 1/3)), "fine.json");
back = fromJSON(mgetl("broken.json"));
mprintf("fromJSON: NaN comes back: %s, infinity: %s\n", string(isnan(back.loss(2))), string(isinf(back.w)));
back = fromJSON(mgetl("fine.json"));
mprintf("1/3 comes back as it was: %s\n", string(back.third == 1/3));
exit
PROBE
cat > "$place/expected" <<'EXPECTED'
fromJSON: NaN comes back: T, infinity: T
1/3 comes back as it was: T
{"loss": [1, nan],"w": inf}
Python refuses it
Node refuses it
{"w": 0.5,"third": 0.3333333333333333148}
Python reads it
Node reads it
EXPECTED
cd "$place"
{
  scilab-cli -nb -f probe.sce < /dev/null 2> errors | grep -a 'come' | tr -d '\r'
  for file in broken fine; do
    cat "$file.json"
    python3 -c 'import json, sys; json.load(open(sys.argv[1])); print("Python reads it")' "$file.json" 2> errors || echo "Python refuses it"
    node -e 'JSON.parse(require("fs").readFileSync(process.argv[1])); console.log("Node reads it")' "$file.json" 2> errors || echo "Node refuses it"
  done
} > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
