#!/usr/bin/env bash
# pandoc, AsciiDoc, mistune, PyMdown and markdown-it-sup print x^2+y^2 as x to the power 2+y, times 2.
#
# Guess before running: a caret with nothing that closes it right behind what is raised is a caret, since x^2+y^2 is how everybody types it; so is a tilde.
# Seen: each of them takes the second caret for the end of what the first began: x<sup>2+y</sup>2, and w~1+w~2 is w<sub>1+w</sub>2. With blanks around the plus
#   all is left as it is, since what is raised must hold none. Org, as pandoc reads it, raises each 2, and CommonMark neither. cmark as GitHub has it and marked
#   strike out what lies between the tildes, with blanks as well.
# Who meets it: who types a formula in a text that is made into a page or a paper: another formula is printed, set as finely as a right one, and without a word.
#   Blanks around the plus, or backquotes, keep it.
# Versions: pypandoc_binary==1.17 with its pandoc, mistune==3.4.0, Markdown==3.11.3, pymdown-extensions==13.1.2, cmarkgfm==2025.10.22; asciidoctor@4.1.0, markdown-it@15.0.3,
#   markdown-it-sup@2.0.0, markdown-it-sub@2.0.0, marked@18.2.1; Python 3.11, Node 20. Needs python3 with venv, node with npm, and package registries. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17 mistune==3.4.0 Markdown==3.11.3 pymdown-extensions==13.1.2 cmarkgfm==2025.10.22
npm install --prefix "$place" --silent --no-audit --no-fund asciidoctor@4.1.0 markdown-it@15.0.3 markdown-it-sup@2.0.0 markdown-it-sub@2.0.0 marked@18.2.1
cat > "$place/probe.py" <<'PROBE'
import cmarkgfm
import markdown
import mistune
import pypandoc

READERS = {
    "pandoc": lambda text: pypandoc.convert_text(text, "html", format="markdown"),
    "Org by pandoc": lambda text: pypandoc.convert_text(text, "html", format="org"),
    "mistune": mistune.create_markdown(plugins=["superscript", "subscript"]),
    "PyMdown": lambda text: markdown.markdown(text, extensions=["pymdownx.caret", "pymdownx.tilde"]),
    "cmark": cmarkgfm.github_flavored_markdown_to_html,
}
for text in ("x^2+y^2", "x^2 + y^2", "w~1+w~2", "w~1 + w~2"):
    for name, read in READERS.items():
        print(f"{text} by {name}: {read(text).strip().removeprefix('<p>').removesuffix('</p>')}")
PROBE
cat > "$place/probe.mjs" <<'PROBE'
import { convert } from "asciidoctor";
import MarkdownIt from "markdown-it";
import sub from "markdown-it-sub";
import sup from "markdown-it-sup";
import { marked } from "marked";

const it = new MarkdownIt().use(sup).use(sub);
for (const text of ["x^2+y^2", "x^2 + y^2", "w~1+w~2", "w~1 + w~2"]) {
  console.log(`${text} by Asciidoctor: ${(await convert(text)).match(/<p>(.*)<\/p>/)[1]}`);
  console.log(`${text} by markdown-it-sup and -sub: ${it.render(text).match(/<p>(.*)<\/p>/)[1]}`);
  console.log(`${text} by marked: ${marked.parse(text).match(/<p>(.*)<\/p>/)[1]}`);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
x^2+y^2 by pandoc: x<sup>2+y</sup>2
x^2+y^2 by Org by pandoc: x<sup>2</sup>+y<sup>2</sup>
x^2+y^2 by mistune: x<sup>2+y</sup>2
x^2+y^2 by PyMdown: x<sup>2+y</sup>2
x^2+y^2 by cmark: x^2+y^2
x^2 + y^2 by pandoc: x^2 + y^2
x^2 + y^2 by Org by pandoc: x<sup>2</sup> + y<sup>2</sup>
x^2 + y^2 by mistune: x^2 + y^2
x^2 + y^2 by PyMdown: x^2 + y^2
x^2 + y^2 by cmark: x^2 + y^2
w~1+w~2 by pandoc: w<sub>1+w</sub>2
w~1+w~2 by Org by pandoc: w~1+w~2
w~1+w~2 by mistune: w<sub>1+w</sub>2
w~1+w~2 by PyMdown: w<sub>1+w</sub>2
w~1+w~2 by cmark: w<del>1+w</del>2
w~1 + w~2 by pandoc: w~1 + w~2
w~1 + w~2 by Org by pandoc: w~1 + w~2
w~1 + w~2 by mistune: w~1 + w~2
w~1 + w~2 by PyMdown: w~1 + w~2
w~1 + w~2 by cmark: w<del>1 + w</del>2
x^2+y^2 by Asciidoctor: x<sup>2+y</sup>2
x^2+y^2 by markdown-it-sup and -sub: x<sup>2+y</sup>2
x^2+y^2 by marked: x^2+y^2
x^2 + y^2 by Asciidoctor: x^2 + y^2
x^2 + y^2 by markdown-it-sup and -sub: x^2 + y^2
x^2 + y^2 by marked: x^2 + y^2
w~1+w~2 by Asciidoctor: w<sub>1+w</sub>2
w~1+w~2 by markdown-it-sup and -sub: w<sub>1+w</sub>2
w~1+w~2 by marked: w<del>1+w</del>2
w~1 + w~2 by Asciidoctor: w~1 + w~2
w~1 + w~2 by markdown-it-sup and -sub: w~1 + w~2
w~1 + w~2 by marked: w<del>1 + w</del>2
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
