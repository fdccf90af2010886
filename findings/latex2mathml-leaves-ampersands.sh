#!/usr/bin/env bash
# latex2mathml turns aligned equations into a line with bare ampersands, which is no XML.
#
# Guess before running: \begin{aligned} becomes a table, as \begin{cases} does, and whatever is returned
#   can be parsed: & is written as an entity, since < is.
# Seen: the environment is dropped, its & stand as <mi>&</mi>, which an XML parser refuses and a browser
#   shows as an ampersand. An unknown command (\softplus) is shown with its backslash, without an error;
#   in \text the backslash of \_ stays.
# Who meets it: who puts a derivation, whose equations are aligned, into an EPUB or a page by MathML,
#   also through ziamath, which reads LaTeX this way: an export to MathML of ours has to write tables
#   itself.
# Versions: latex2mathml==3.81.1; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check latex2mathml==3.81.1
cat > "$place/probe.py" <<'PROBE'
import re
from xml.etree import ElementTree

from latex2mathml.converter import convert

for formula in (r"a<b", r"\begin{aligned}L&=5\\&=2+3\end{aligned}", r"\softplus x", r"\text{w\_1}"):
    text = convert(formula)
    try:
        ElementTree.fromstring(text)
        kind = "XML"
    except ElementTree.ParseError as error:
        kind = f"no XML ({str(error).split(':')[0]})"
    print(formula, "becomes", kind, *re.findall(r"<m[iotn]\b[^>]*>.*?</m[iotn]>", text))
PROBE
cat > "$place/expected" <<'EXPECTED'
a<b becomes XML <mi>a</mi> <mo>&#x0003C;</mo> <mi>b</mi>
\begin{aligned}L&=5\\&=2+3\end{aligned} becomes no XML (not well-formed (invalid token)) <mi>L</mi> <mi>&</mi> <mo>&#x0003D;</mo> <mn>5</mn> <mi>&</mi> <mo>&#x0003D;</mo> <mn>2</mn> <mo>&#x0002B;</mo> <mn>3</mn>
\softplus x becomes XML <mi>\softplus</mi> <mi>x</mi>
\text{w\_1} becomes XML
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
