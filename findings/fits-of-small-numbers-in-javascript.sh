#!/usr/bin/env bash
# regression.js fits a line of slope 0.0012 as 0, and ml-levenberg-marquardt does not move where the data are small.
#
# Guess before running: points on a line give back its slope with all digits, and a fit of an exponential gives back what made the data, whatever
#   their size.
# Seen: regression.js rounds what it found to two decimals: the line through (1, 0.0012) and (3, 0.0036) is y = 0x with r2 = -1.8; with
#   precision: 6 it is right. ml-levenberg-marquardt ends where the sum of squares is below errorTolerance, 0.01, in the units of the data: for data
#   of size 1e-4 that is so at the start, and the start is handed back after 0 steps; for data of size 0.01 the rate is 0.102 instead of 0.1.
# Who meets it: who fits losses, gradients or rates, which are small, with one of the two libraries for JavaScript that are most at hand: a flat
#   line, or what was put in. Scale the data, and set precision and errorTolerance.
# Versions: regression@2.0.1, ml-levenberg-marquardt@5.1.0; Node 20. Needs node with npm and a package registry. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund regression@2.0.1 ml-levenberg-marquardt@5.1.0
cat > "$place/fits.mjs" <<'PROBE'
import { createRequire } from "module";
import { levenbergMarquardt } from "ml-levenberg-marquardt";

const loaded = createRequire(import.meta.url)("regression");
const regression = loaded.default ?? loaded;

const line = [[0, 0], [1, 0.0012], [2, 0.0024], [3, 0.0036]];
for (const options of [{}, { precision: 6 }]) {
  const { string, r2 } = regression.linear(line, options);
  console.log("line of slope 0.0012", JSON.stringify(options), "is", string, "with r2", r2);
}
const x = [...Array(20).keys()];
for (const size of [5, 0.01, 0.0001]) {
  const y = x.map((at) => size * Math.exp(-0.1 * at));
  for (const options of [{}, { errorTolerance: 1e-30, gradientDifference: 1e-6 }]) {
    const { parameterValues, iterations } = levenbergMarquardt({ x, y }, ([a, b]) => (at) => a * Math.exp(-b * at), {
      initialValues: [1.5 * size, 0.15],
      maxIterations: 200,
      ...options,
    });
    const shown = parameterValues.map((value) => value.toPrecision(5)).join(" and ");
    console.log(`${size} and 0.1 from ${1.5 * size} and 0.15 ${JSON.stringify(options)}: ${shown}`, iterations ? "" : "after 0 steps");
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
line of slope 0.0012 {} is y = 0x with r2 -1.8
line of slope 0.0012 {"precision":6} is y = 0.0012x with r2 1
5 and 0.1 from 7.5 and 0.15 {}: 5.0000 and 0.10001 
5 and 0.1 from 7.5 and 0.15 {"errorTolerance":1e-30,"gradientDifference":0.000001}: 5.0000 and 0.10000 
0.01 and 0.1 from 0.015 and 0.15 {}: 0.010022 and 0.10188 
0.01 and 0.1 from 0.015 and 0.15 {"errorTolerance":1e-30,"gradientDifference":0.000001}: 0.010000 and 0.10000 
0.0001 and 0.1 from 0.00015000000000000001 and 0.15 {}: 0.00015000 and 0.15000 after 0 steps
0.0001 and 0.1 from 0.00015000000000000001 and 0.15 {"errorTolerance":1e-30,"gradientDifference":0.000001}: 0.00010000 and 0.10000 
EXPECTED
node "$place/fits.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
