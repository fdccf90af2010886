#!/usr/bin/env bash
# With marked-katex-extension the text between two formulas becomes one, and a formula before a bracket or a hyphen stays in dollars.
#
# Guess before running: $x_1$ is a formula wherever it stands, as in the other readers of Markdown with KaTeX: before a comma, a bracket, a hyphen.
# Seen: in "(here $x_1$, $x_2$)" the second stays as typed, since a bracket does not end one; of "$x_1$-axis and $x_2$: ok" all from x_1 to x_2 is one
#   formula, which KaTeX then shows as an error in red. With nonStandard: true both are read.
# Who meets it: who writes lecture notes in a page or an editor that renders by it.
# Versions: marked@18.2.1, marked-katex-extension@5.1.13, katex@0.18.11; Node 18 or later. Needs node, npm and a package index. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
(cd "$place" && npm install --silent --no-audit --no-fund marked@18.2.1 marked-katex-extension@5.1.13 katex@0.18.11 > /dev/null 2>&1)
cat > "$place/probe.mjs" <<'PROBE'
import { Marked } from "marked";
import katex from "marked-katex-extension";

const texts = ["$x_1$ and $x_2$", "(here $x_1$, $x_2$)", "$x_1$-axis and $x_2$: ok"];
for (const nonStandard of [false, true]) {
  const reader = new Marked(katex({ throwOnError: false, output: "mathml", nonStandard }));
  for (const text of texts) {
    const page = reader.parse(text);
    const read = [...page.matchAll(/<annotation[^>]*>([^<]*)</g), ...page.matchAll(/class="katex-error"[^>]*>([^<]*)</g)].map((found) => found[1]);
    console.log(`nonStandard ${nonStandard}: ${text} -> formulas ${JSON.stringify(read)}${page.includes("katex-error") ? ", an error" : ""}`);
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
nonStandard false: $x_1$ and $x_2$ -> formulas ["x_1","x_2"]
nonStandard false: (here $x_1$, $x_2$) -> formulas ["x_1"]
nonStandard false: $x_1$-axis and $x_2$: ok -> formulas ["x_1$-axis and $x_2"], an error
nonStandard true: $x_1$ and $x_2$ -> formulas ["x_1","x_2"]
nonStandard true: (here $x_1$, $x_2$) -> formulas ["x_1","x_2"]
nonStandard true: $x_1$-axis and $x_2$: ok -> formulas ["x_1","x_2"]
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
