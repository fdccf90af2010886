#!/usr/bin/env bash
# Six converters of pages to Markdown or text write 3 · 10<sup>−3</sup> as 3 · 10−3 and the fraction a over b + c, in MathML, as ab+c.
#
# Guess before running: what Markdown has no sign for is kept as HTML, which Markdown allows, or written as ^; of MathML, which is a tree, a fraction gets
#   its stroke and a power its place; or the formula is left out with a mark.
# Seen: html2text, markdownify, inscriptis, MarkItDown, turndown and node-html-markdown agree: x<sup>2</sup> is x2, w<sub>1</sub><sup>2</sup> is w12, 3 ·
#   10<sup>−3</sup> is the difference 10−3. The letters of MathML follow each other: a/(b + c) is ab+c, e to the −x is e−x, and the root of x is x. Nothing
#   is said. x² and 10⁻³, written with raised signs, arrive. markdownify keeps <sup> with sup_symbol="<sup>".
# Who meets it: who turns a course page into notes, a search index or the input of a language model: a rate of 3 thousandths reads as 27. Write raised signs,
#   as nodegraph does in its pages and texts.
# Versions: html2text==2025.4.15, markdownify==1.2.3, inscriptis==2.7.6, markitdown==0.1.9, turndown@7.2.5, node-html-markdown@2.0.0; Python 3.11,
#   Node.js 20. Needs python3 with venv, node with npm and package indexes. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 markitdown==0.1.9
npm install --silent --no-audit --no-fund --prefix "$place" turndown@7.2.5 node-html-markdown@2.0.0 > "$place/npm.log"
cat > "$place/probe.py" <<'PROBE'
import io
import json
import subprocess
import sys

import html2text
import inscriptis
import markdownify
from markitdown import MarkItDown

PAGES = (
    "<p>x<sup>2</sup> and 3 · 10<sup>−3</sup></p>",
    "<p>w<sub>1</sub><sup>2</sup></p>",
    "<p>x² and 3 · 10⁻³</p>",
    "<p><math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac></math></p>",
    "<p><math><msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup></math></p>",
    "<p><math><msqrt><mi>x</mi></msqrt><mo>+</mo><mn>1</mn></math></p>",
)


def through_markitdown(page: str) -> str:
    whole = f"<html><head><meta charset='utf-8'></head><body>{page}</body></html>"
    return MarkItDown().convert_stream(io.BytesIO(whole.encode()), file_extension=".html").text_content


made = {
    "html2text": html2text.html2text,
    "markdownify": markdownify.markdownify,
    "inscriptis": inscriptis.get_text,
    "markitdown": through_markitdown,
}
node = subprocess.run(["node", sys.argv[1], json.dumps(PAGES)], capture_output=True, text=True, check=True)
others = json.loads(node.stdout)
for index, page in enumerate(PAGES):
    print(page)
    for name, make in made.items():
        print(f"  {name}: {make(page).strip()}")
    for name, texts in others.items():
        print(f"  {name}: {texts[index].strip()}")
PROBE
cat > "$place/probe.mjs" <<'PROBE'
import { NodeHtmlMarkdown } from "node-html-markdown";
import TurndownService from "turndown";

const pages = JSON.parse(process.argv[2]);
const turndown = new TurndownService();
const node = pages.map((page) => NodeHtmlMarkdown.translate(page));
console.log(JSON.stringify({ turndown: pages.map((page) => turndown.turndown(page)), "node-html-markdown": node }));
PROBE
cat > "$place/expected" <<'EXPECTED'
<p>x<sup>2</sup> and 3 · 10<sup>−3</sup></p>
  html2text: x2 and 3 · 10−3
  markdownify: x2 and 3 · 10−3
  inscriptis: x2 and 3 · 10−3
  markitdown: x2 and 3 · 10−3
  turndown: x2 and 3 · 10−3
  node-html-markdown: x2 and 3 · 10−3
<p>w<sub>1</sub><sup>2</sup></p>
  html2text: w12
  markdownify: w12
  inscriptis: w12
  markitdown: w12
  turndown: w12
  node-html-markdown: w12
<p>x² and 3 · 10⁻³</p>
  html2text: x² and 3 · 10⁻³
  markdownify: x² and 3 · 10⁻³
  inscriptis: x² and 3 · 10⁻³
  markitdown: x² and 3 · 10⁻³
  turndown: x² and 3 · 10⁻³
  node-html-markdown: x² and 3 · 10⁻³
<p><math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac></math></p>
  html2text: ab+c
  markdownify: ab+c
  inscriptis: ab+c
  markitdown: ab+c
  turndown: ab+c
  node-html-markdown: ab+c
<p><math><msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup></math></p>
  html2text: e−x
  markdownify: e−x
  inscriptis: e−x
  markitdown: e−x
  turndown: e−x
  node-html-markdown: e−x
<p><math><msqrt><mi>x</mi></msqrt><mo>+</mo><mn>1</mn></math></p>
  html2text: x+1
  markdownify: x+1
  inscriptis: x+1
  markitdown: x+1
  turndown: x+1
  node-html-markdown: x+1
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
