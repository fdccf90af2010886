#!/usr/bin/env bash
# QtSvg skips an svg inside an svg, so that a D2 diagram is an empty picture and a formula of MathJax has no brace or number; symbols keep their own size.
#
# Guess before running: what D2, MathJax and ziamath write is drawn, since QtSvg knows use and symbol, and an inner svg is a group with a place and a
#   scale of its own.
# Seen: D2 puts all that it draws into an inner svg, and Qt's picture of it is empty, a message on the console apart. MathJax puts stretched braces and
#   \tag into inner svgs: \underbrace is incomplete, of a formula with \tag nothing is there. A symbol with a viewBox is drawn at the size of its viewBox,
#   whatever width and height the use has, so that of a formula of ziamath hardly more than the bar of the fraction is seen. isValid() is true for all.
# Who meets it: who shows a diagram or a formula of these tools in a Qt window, icon or QGraphicsSvgItem. Make inner svgs groups with a transform, or
#   paint the file with resvg.
# Versions: PySide6-Essentials==6.11.3, resvg_py==0.5.0, pillow==13.0.0, ziamath==0.13; @terrastruct/d2 0.1.33, mathjax-full 3.2.1; Python 3.11, Node
#   20. Needs python3 with venv, node, npm, package indexes and the libraries of Qt for headless use. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @terrastruct/d2@0.1.33 mathjax-full@3.2.1
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3 resvg_py==0.5.0 pillow==13.0.0 ziamath==0.13
cat > "$place/nested.mjs" <<'FIGURE'
import { writeFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import { AllPackages } from "mathjax-full/js/input/tex/AllPackages.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { SVG } from "mathjax-full/js/output/svg.js";

const place = process.argv[2];
const d2 = new D2();
const { diagram, renderOptions } = await d2.compile("a -> L: x");
writeFileSync(`${place}/D2.svg`, await d2.render(diagram, renderOptions));
const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const page = mathjax.document("", { InputJax: new TeX({ packages: AllPackages }), OutputJax: new SVG({ fontCache: "local" }) });
for (const [name, formula] of Object.entries({ frac: "\\frac{a}{b}", underbrace: "\\underbrace{a+b+c+d}_{n}", tag: "a=b\\tag{1}" }))
  writeFileSync(`${place}/MathJax ${name}.svg`, adaptor.innerHTML(page.convert(formula, { display: true })));
process.exit(0);
FIGURE
cat > "$place/nested.py" <<'PROBE'
import io
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
import resvg_py
import ziamath
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

application = QGuiApplication([])
place = Path(sys.argv[1])
for version in (True, False):
    ziamath.config.svg2 = version
    text = ziamath.Latex(r"\frac{a + b}{c}", size=40).svg()
    (place / f"ziamath with svg2 = {version}.svg").write_text(text)


def ink(path):
    """How many dark dots Qt and resvg paint of a file."""
    text = path.read_text()
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    resvg = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text, background="white", zoom=4)))).convert("L")
    image = QImage(*resvg.size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    qt = Image.frombuffer("L", resvg.size, bytes(image.constBits()), "raw", "L", image.bytesPerLine(), 1)
    return [sum(picture.point(lambda grey: 255 * (grey < 200)).histogram()[255:]) for picture in (qt, resvg)]


for path in sorted(place.glob("*.svg")):
    qt, resvg = ink(path)
    print(f"{path.stem}: Qt paints {round(100 * qt / resvg, -1):.0f} % of the ink that resvg paints")
PROBE
cat > "$place/expected" <<'EXPECTED'
D2: Qt paints 0 % of the ink that resvg paints
MathJax frac: Qt paints 100 % of the ink that resvg paints
MathJax tag: Qt paints 0 % of the ink that resvg paints
MathJax underbrace: Qt paints 70 % of the ink that resvg paints
ziamath with svg2 = False: Qt paints 100 % of the ink that resvg paints
ziamath with svg2 = True: Qt paints 30 % of the ink that resvg paints
EXPECTED
node "$place/nested.mjs" "$place"
"$place/venv/bin/python" "$place/nested.py" "$place" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
