#!/usr/bin/env bash
# mathml-to-latex forgets that tanh is a function: KaTeX's MathML of \tanh x comes back as tanh x, four variables and x.
#
# Guess before running: what KaTeX wrote as MathML comes back as LaTeX that looks the same; a name of several upright letters (<mi>)
#   as \tanh or \operatorname{relu}.
# Seen: function names come back as bare letters, set in italics as a product; \log_2 8 as (log)_2 8, with brackets; |x| with the sign
#   of "divides", set wider; \overline{x} as \overset{\overline}{x}, which no longer sets.
# Who meets it: who takes a formula from a page back into LaTeX, by one of the tools built on it: t·a·n·h·x in a paper, without an
#   error. Take the annotation application/x-tex, which KaTeX writes into the MathML, instead.
# Versions: katex@0.19.1, mathml-to-latex@1.8.0; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund katex@0.19.1 mathml-to-latex@1.8.0
cat > "$place/probe.mjs" <<'PROBE'
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const katex = require("katex");
const { MathMLToLaTeX } = require("mathml-to-latex");

for (const written of ["\\tanh x", "\\ln x", "\\operatorname{relu}(x)", "\\log_2 8", "|x|", "\\overline{x}", "\\mathrm{d}x", "\\hat{y}"]) {
  const [math] = katex.renderToString(written, { output: "mathml" }).match(/<math.*<\/math>/s);
  const read = MathMLToLaTeX.convert(math.replace(/<annotation.*<\/annotation>/s, ""));
  let set = "sets";
  try {
    katex.renderToString(read);
  } catch {
    set = "no longer sets";
  }
  console.log(`${written} comes back as ${read}, which KaTeX ${set}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
\tanh x comes back as tanh x, which KaTeX sets
\ln x comes back as ln x, which KaTeX sets
\operatorname{relu}(x) comes back as relu \left(x\right), which KaTeX sets
\log_2 8 comes back as \left(log \right)_{2} 8, which KaTeX sets
|x| comes back as \mid x \mid, which KaTeX sets
\overline{x} comes back as \overset{\overline}{x}, which KaTeX no longer sets
\mathrm{d}x comes back as d x, which KaTeX sets
\hat{y} comes back as \hat{y}, which KaTeX sets
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
