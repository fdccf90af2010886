#!/usr/bin/env bash
# Temml sets f(2,3) and w_{1,2} with one number 2,3 or 1,2, as with a decimal comma, where KaTeX and MathJax have two numbers.
#
# Guess before running: a comma between digits parts two numbers, with a little space, as LaTeX and its other readers have it; {,} makes a decimal comma.
# Seen: in Temml 2,3 is one <mn>, without space; so are coordinates (1,5), indices w_{1,2}, layer_{0,10} and the list 1,2,3. With a space after the comma,
#   or a letter beside it, there are two elements. KaTeX sets two numbers, and one for {,}; MathJax sets three elements for either.
# Who meets it: who writes weights with two indices or points in a page with MathML: they look like decimal fractions, and a screen reader has one number
#   to say. Write w_{1, 2}, with a space.
# Versions: temml@0.13.5, katex@0.19.1, mathjax-full@3.2.2; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts temml@0.13.5 katex@0.19.1 mathjax-full@3.2.2
cat > "$place/pairs.mjs" <<'PROBE'
import { createRequire } from "node:module";
import katex from "katex";
import temml from "temml";

const require = createRequire(import.meta.url);
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { SerializedMmlVisitor } = require("mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");

RegisterHTMLHandler(liteAdaptor());
const page = mathjax.document("", { InputJax: new TeX({ packages: ["base", "ams"] }) });
const writers = {
  Temml: (text) => temml.renderToString(text, { annotate: false }),
  KaTeX: (text) => katex.renderToString(text, { output: "mathml" }).replace(/<annotation.*<\/annotation>/s, ""),
  MathJax: (text) => new SerializedMmlVisitor().visitTree(page.convert(text, { display: false, end: STATE.CONVERT })),
};
for (const text of ["f(2,3)", "f(2, 3)", "w_{1,2}", "w_{1, 2}", "1,2,3", "(x,3)", "1{,}5"]) {
  const pieces = Object.entries(writers).map(([name, write]) => {
    const elements = [...write(text).matchAll(/<m(?:i|n|o)[ >][^<]*?(?:>)?([^<>]+)<\/m(?:i|n|o)>/g)].map((match) => match[1]);
    return `${name} ${elements.filter((piece) => piece !== "\u2061").join(" | ")}`;
  });
  console.log(`${text}: ${pieces.join("; ")}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
f(2,3): Temml f | ( | 2,3 | ); KaTeX f | ( | 2 | , | 3 | ); MathJax f | ( | 2 | , | 3 | )
f(2, 3): Temml f | ( | 2 | , | 3 | ); KaTeX f | ( | 2 | , | 3 | ); MathJax f | ( | 2 | , | 3 | )
w_{1,2}: Temml w | 1,2; KaTeX w | 1 | , | 2; MathJax w | 1 | , | 2
w_{1, 2}: Temml w | 1 | , | 2; KaTeX w | 1 | , | 2; MathJax w | 1 | , | 2
1,2,3: Temml 1,2,3; KaTeX 1 | , | 2 | , | 3; MathJax 1 | , | 2 | , | 3
(x,3): Temml ( | x | , | 3 | ); KaTeX ( | x | , | 3 | ); MathJax ( | x | , | 3 | )
1{,}5: Temml 1,5; KaTeX 1,5; MathJax 1 | , | 5
EXPECTED
node "$place/pairs.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
