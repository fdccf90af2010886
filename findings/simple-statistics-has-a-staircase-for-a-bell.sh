#!/usr/bin/env bash
# In simple-statistics Φ, the normal distribution's share below x, is a staircase of steps of 0.01 that ends at 0.999, erf(0) is not 0, and jStat's Φ(−10) is 0.
#
# Guess before running: both libraries have Φ and erf to some seven digits, as smooth functions: Φ(0.001) = 0.500399, Φ(4) = 0.999968, erf(0) = 0.
# Seen: cumulativeStdNormalProbability of simple-statistics looks x up in a printed table of two decimals and four digits: Φ(0.001) is 0.5, Φ(0.123456)
#   0.5478 (0.549127), and from 3.1 on it is 0.999, so that 4 and 6 are alike; its slope is 0 wherever it has one. Its errorFunction is −3e-8 at 0 and at
#   1e-10. jStat has nine digits of both and more; but its Φ is 0 at −10 (7.6e-24), as 1 + erf is.
# Who meets it: who computes a GELU, a probit or a p-value in a page, or checks a slope by differences there: all slopes are 0 or jumps. Take jStat, and
#   where the tail matters another library.
# Versions: simple-statistics@7.12.1, jstat@1.9.6; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm install --silent --no-audit --no-fund --prefix "$place" simple-statistics@7.12.1 jstat@1.9.6 > npm.log
cat > "$place/probe.mjs" <<'PROBE'
import jstat from "jstat";
import { cumulativeStdNormalProbability, errorFunction } from "simple-statistics";

const { jStat } = jstat;
for (const x of [0, 0.001, 0.004, 0.123456, 3.05, 3.2, 4, 6, -10]) {
  console.log(`Φ(${x}): simple-statistics`, cumulativeStdNormalProbability(x), "jStat", Number(jStat.normal.cdf(x, 0, 1).toPrecision(9)));
}
const gelu = (x) => x * cumulativeStdNormalProbability(x);
console.log("slope of Φ at 0.002 by a step of 1e-6:", (cumulativeStdNormalProbability(0.002 + 1e-6) - cumulativeStdNormalProbability(0.002)) / 1e-6);
console.log("gelu(-4) and gelu(-100):", gelu(-4), gelu(-100));
for (const x of [0, 1e-10, 0.5]) {
  console.log(`erf(${x}): simple-statistics`, Number(errorFunction(x).toPrecision(5)), "jStat", Number(jStat.erf(x).toPrecision(5)));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
Φ(0): simple-statistics 0.5 jStat 0.5
Φ(0.001): simple-statistics 0.5 jStat 0.500398942
Φ(0.004): simple-statistics 0.5 jStat 0.501595765
Φ(0.123456): simple-statistics 0.5478 jStat 0.549126993
Φ(3.05): simple-statistics 0.9989 jStat 0.998855793
Φ(3.2): simple-statistics 0.999 jStat 0.999312862
Φ(4): simple-statistics 0.999 jStat 0.999968329
Φ(6): simple-statistics 0.999 jStat 0.999999999
Φ(-10): simple-statistics 0.001 jStat 0
slope of Φ at 0.002 by a step of 1e-6: 0
gelu(-4) and gelu(-100): -0.004 -0.1
erf(0): simple-statistics -3e-8 jStat 1.1102e-16
erf(1e-10): simple-statistics -2.9887e-8 jStat 1.1284e-10
erf(0.5): simple-statistics 0.5205 jStat 0.5205
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
