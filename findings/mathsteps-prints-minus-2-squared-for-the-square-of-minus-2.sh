#!/usr/bin/env bash
# The steps that mathsteps prints are equations such as "-1.5 ^ 2 = 2.25": the brackets around a negative base are lost.
#
# Guess before running: 2^3^2, (-2)^2, differences and squares are worked out right, and each printed step is a true equation.
# Seen: the results are right, the printed lines are not: (-2)^2 is shown as "-2 ^ 2 = 4" and -2^2 as "-2 ^ 2 = -4", one text with two values. So it is
#   in the middle of every squared error, (0.5 - 2)^2, too, and after taking a difference away: "5 + --6". In TeX the brackets are missing as well.
# Who meets it: who shows a squared error step by step with it: the learner reads a rule of signs that is false. Put brackets around negative bases
#   before showing a step.
# Versions: mathsteps@0.2.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm init -y > /dev/null && npm install --silent --no-audit --no-fund --ignore-scripts mathsteps@0.2.0 > /dev/null 2>&1)
cat > "$place/probe.js" <<'PROBE'
const { simplifyExpression } = require("mathsteps");
for (const text of ["(-2)^2", "-2^2", "(0.5 - 2)^2", "(1 - 3)^2 / 2", "5 - (2 - 8)"]) {
  const steps = simplifyExpression(text);
  console.log(text, "->", steps.map((step) => `${step.oldNode} = ${step.newNode}`).join(" ; "));
  console.log("   in TeX:", steps[0].oldNode.toTex().replace(/\s+/g, ""));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
(-2)^2 -> -2 ^ 2 = 4
   in TeX: {-2}^{2}
-2^2 -> -2 ^ 2 = -4
   in TeX: -{2}^{2}
(0.5 - 2)^2 -> (0.5 + -2) ^ 2 = -1.5 ^ 2 ; -1.5 ^ 2 = 2.25
   in TeX: {\left(0.5+-2\right)}^{2}
(1 - 3)^2 / 2 -> (1 + -3) ^ 2 / 2 = -2 ^ 2 / 2 ; -2 ^ 2 / 2 = 4 / 2 ; 4 / 2 = 2
   in TeX: \frac{{\left(1+-3\right)}^{2}}{2}
5 - (2 - 8) -> 5 + -(2 + -8) = 5 + --6 ; 5 + --6 = 5 + 6 ; 5 + 6 = 11
   in TeX: 5+-\left(2+-8\right)
EXPECTED
(cd "$place" && node probe.js) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
