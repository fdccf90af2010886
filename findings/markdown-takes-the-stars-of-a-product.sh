#!/usr/bin/env bash
# Python-Markdown, pandoc, Showdown and Snarkdown print L = (a*b + c)*f as L = (ab + c)f with a slanted b + c; markdown2 makes x12 of x_1_2.
#
# Guess before running: a formula in plain text is shown as CommonMark has it: the star behind the bracket cannot close what the one between a and b opens, so
#   that L = (a*b + c)*f stays as it is; an underscore within a word is an underscore.
# Seen: cmark, markdown-it, marked, remark and mistune leave it alone. Python-Markdown (which MkDocs is built on), pandoc, Showdown and Snarkdown take both stars
#   away and slant what lies between. markdown2, Showdown and Snarkdown slant between underscores too: x_1_2 is x12, and w__grad + b__grad becomes bold within.
#   y = 2*x + 3*z loses its stars in every one of them, as CommonMark says. PyMdown's betterem leaves the first alone in Python-Markdown.
# Who meets it: who writes a loss in a README, a page of MkDocs or a note: it looks right on GitHub, and elsewhere a product is one name. Put formulas between
#   backquotes, or blanks around each star.
# Versions: Markdown==3.11.3, pymdown-extensions==13.1.2, markdown2==2.5.5, mistune==3.4.0, markdown-it-py==4.3.0, cmarkgfm==2025.10.22, pypandoc_binary==1.17; marked@18.2.1,
#   showdown@2.1.0, snarkdown@2.0.0, remark@15.0.1, remark-html@16.0.1; Python 3.11, Node 20. Needs python3 with venv, node with npm, and package registries. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check Markdown==3.11.3 pymdown-extensions==13.1.2 markdown2==2.5.5 mistune==3.4.0 markdown-it-py==4.3.0 \
  cmarkgfm==2025.10.22 pypandoc_binary==1.17
npm install --prefix "$place" --silent --no-audit --no-fund marked@18.2.1 showdown@2.1.0 snarkdown@2.0.0 remark@15.0.1 remark-html@16.0.1
cat > "$place/probe.py" <<'PROBE'
import cmarkgfm
import markdown
import markdown2
import mistune
import pypandoc
from markdown_it import MarkdownIt

READERS = {
    "cmark": cmarkgfm.github_flavored_markdown_to_html,
    "markdown-it": MarkdownIt().render,
    "mistune": mistune.html,
    "Python-Markdown": markdown.markdown,
    "Python-Markdown with betterem": lambda text: markdown.markdown(text, extensions=["pymdownx.betterem"]),
    "markdown2": lambda text: str(markdown2.markdown(text)),
    "pandoc": lambda text: pypandoc.convert_text(text, "html", format="markdown"),
}
for text in ("L = (a*b + c)*f", "y = 2*x + 3*z", "x_1_2", "w__grad + b__grad"):
    for name, read in READERS.items():
        print(f"{text} by {name}: {read(text).strip().removeprefix('<p>').removesuffix('</p>')}")
PROBE
cat > "$place/probe.mjs" <<'PROBE'
import { marked } from "marked";
import { remark } from "remark";
import html from "remark-html";
import showdown from "showdown";
import snarkdown from "snarkdown";

const readers = {
  marked: (text) => marked.parse(text),
  remark: (text) => String(remark().use(html).processSync(text)),
  Showdown: (text) => new showdown.Converter().makeHtml(text),
  Snarkdown: (text) => snarkdown(text),
};
for (const text of ["L = (a*b + c)*f", "y = 2*x + 3*z", "x_1_2", "w__grad + b__grad"])
  for (const [name, read] of Object.entries(readers)) console.log(`${text} by ${name}: ${read(text).trim().replace(/^<p>|<\/p>$/g, "")}`);
PROBE
cat > "$place/expected" <<'EXPECTED'
L = (a*b + c)*f by cmark: L = (a*b + c)*f
L = (a*b + c)*f by markdown-it: L = (a*b + c)*f
L = (a*b + c)*f by mistune: L = (a*b + c)*f
L = (a*b + c)*f by Python-Markdown: L = (a<em>b + c)</em>f
L = (a*b + c)*f by Python-Markdown with betterem: L = (a*b + c)*f
L = (a*b + c)*f by markdown2: L = (a*b + c)*f
L = (a*b + c)*f by pandoc: L = (a<em>b + c)</em>f
y = 2*x + 3*z by cmark: y = 2<em>x + 3</em>z
y = 2*x + 3*z by markdown-it: y = 2<em>x + 3</em>z
y = 2*x + 3*z by mistune: y = 2<em>x + 3</em>z
y = 2*x + 3*z by Python-Markdown: y = 2<em>x + 3</em>z
y = 2*x + 3*z by Python-Markdown with betterem: y = 2<em>x + 3</em>z
y = 2*x + 3*z by markdown2: y = 2<em>x + 3</em>z
y = 2*x + 3*z by pandoc: y = 2<em>x + 3</em>z
x_1_2 by cmark: x_1_2
x_1_2 by markdown-it: x_1_2
x_1_2 by mistune: x_1_2
x_1_2 by Python-Markdown: x_1_2
x_1_2 by Python-Markdown with betterem: x_1_2
x_1_2 by markdown2: x<em>1</em>2
x_1_2 by pandoc: x_1_2
w__grad + b__grad by cmark: w__grad + b__grad
w__grad + b__grad by markdown-it: w__grad + b__grad
w__grad + b__grad by mistune: w__grad + b__grad
w__grad + b__grad by Python-Markdown: w__grad + b__grad
w__grad + b__grad by Python-Markdown with betterem: w__grad + b__grad
w__grad + b__grad by markdown2: w<strong>grad + b</strong>grad
w__grad + b__grad by pandoc: w__grad + b__grad
L = (a*b + c)*f by marked: L = (a*b + c)*f
L = (a*b + c)*f by remark: L = (a*b + c)*f
L = (a*b + c)*f by Showdown: L = (a<em>b + c)</em>f
L = (a*b + c)*f by Snarkdown: L = (a<em>b + c)</em>f
y = 2*x + 3*z by marked: y = 2<em>x + 3</em>z
y = 2*x + 3*z by remark: y = 2<em>x + 3</em>z
y = 2*x + 3*z by Showdown: y = 2<em>x + 3</em>z
y = 2*x + 3*z by Snarkdown: y = 2<em>x + 3</em>z
x_1_2 by marked: x_1_2
x_1_2 by remark: x_1_2
x_1_2 by Showdown: x<em>1</em>2
x_1_2 by Snarkdown: x<em>1</em>2
w__grad + b__grad by marked: w__grad + b__grad
w__grad + b__grad by remark: w__grad + b__grad
w__grad + b__grad by Showdown: w<strong>grad + b</strong>grad
w__grad + b__grad by Snarkdown: w<strong>grad + b</strong>grad
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
node "$place/probe.mjs" >> "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
