#!/usr/bin/env bash
# python-docx, mammoth and docx2txt leave the equations of a Word file out, and MarkItDown puts backslashes into them.
#
# Guess before running: an equation of Word comes along as text, LaTeX or MathML, or something tells that it is missing; what is made LaTeX is LaTeX.
# Seen: of "The slope is [dL over da] at x." the first three keep "The slope is  at x."; mammoth alone holds a message about it. MarkItDown makes LaTeX of
#   it, but puts a backslash before _ and * as Markdown wants it in plain text: $w\_{12}$ is set as w, a low line and 12. Of a fraction whose properties
#   (fPr) are left out, which the format allows, nothing remains.
# Who meets it: who turns lecture notes or handouts into web pages or text: sentences without their formulas, and subscripts on the line.
# Versions: python-docx==1.2.0, mammoth==1.13.0, docx2txt==0.9, markitdown[docx]==0.1.9; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9 markitdown[docx]==0.1.9
cat > "$place/wd.py" <<'PROBE'
import tempfile
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import docx
import docx2txt
import mammoth
from lxml import etree
from markitdown import MarkItDown

SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def run(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


def fraction(properties):
    return f"<m:f>{properties}<m:num>{run('dL')}</m:num><m:den>{run('da')}</m:den></m:f>"


EQUATIONS = {
    "fraction": fraction("<m:fPr><m:ctrlPr/></m:fPr>"),
    "fraction without fPr": fraction(""),
    "subscript": f"<m:sSub><m:e>{run('w')}</m:e><m:sub>{run('12')}</m:sub></m:sSub>{run('*x')}",
}
for name, equation in EQUATIONS.items():
    document = docx.Document()
    paragraph = document.add_paragraph("The slope is ")
    paragraph._p.append(etree.fromstring(f'<m:oMath xmlns:m="{SPACE}">{equation}</m:oMath>'))
    paragraph.add_run(" at x.")
    path = Path(tempfile.mkdtemp(), "notes.docx")
    document.save(path)
    print(name)
    print("  python-docx:", docx.Document(path).paragraphs[0].text)
    with path.open("rb") as file:
        made = mammoth.convert_to_html(file)
    print("  mammoth:", made.value, "messages", len(made.messages))
    print("  docx2txt:", docx2txt.process(str(path)))
    print("  MarkItDown:", MarkItDown().convert(str(path)).text_content)
PROBE
cat > "$place/expected" <<'EXPECTED'
fraction
  python-docx: The slope is  at x.
  mammoth: <p>The slope is  at x.</p> messages 1
  docx2txt: The slope is  at x.
  MarkItDown: The slope is $\frac{dL}{da}$ at x.
fraction without fPr
  python-docx: The slope is  at x.
  mammoth: <p>The slope is  at x.</p> messages 1
  docx2txt: The slope is  at x.
  MarkItDown: The slope is at x.
subscript
  python-docx: The slope is  at x.
  mammoth: <p>The slope is  at x.</p> messages 1
  docx2txt: The slope is  at x.
  MarkItDown: The slope is $w\_{12}\*x$ at x.
EXPECTED
"$place/venv/bin/python" "$place/wd.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
