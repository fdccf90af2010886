#!/usr/bin/env bash
# A label that an SVG centres with dominant-baseline="central" stands in the middle of its line in CairoSVG, WeasyPrint and resvg, and above it in
#   librsvg, Batik, Qt, svglib and PyMuPDF.
#
# Guess before running: all that draw SVG centre the text, as SVG 1.1 has the attribute; at least librsvg and Batik do.
# Seen: a capital H of 40 px at y = 50 reaches from 21 to 49 in five of the eight, whatever dominant-baseline or alignment-baseline says, so it stands
#   on the line that it should be centred on; in the other three central moves it down by 12 to 14 px and hanging by 30 to 38. No one says a word.
#   dy="0.35em" moves it in all but Qt, which passes over it, too.
# Who meets it: whose labels of nodes are centred by the attribute, as D3's examples do: in the browser the picture is right, in the paper or the slide
#   the words stand half out of their boxes.
# Versions: CairoSVG==2.9.1, weasyprint==70.0, resvg_py==0.5.0, svglib==2.3.2 with reportlab==5.1.0, pymupdf==2.0, PySide6_Essentials==6.11.1,
#   pillow==13.0.0, numpy==2.4.6; Python 3.11; Debian's librsvg2-bin 2.54.7 and libbatik-java 1.16. Needs python3 with venv, a package index, Java,
#   rsvg-convert, and the font DejaVu Sans. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check CairoSVG==2.9.1 weasyprint==70.0 resvg_py==0.5.0 svglib==2.3.2 reportlab==5.1.0 \
  pymupdf==2.0 PySide6_Essentials==6.11.1 pillow==13.0.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import io
import os
import subprocess
import sys

import cairosvg
import numpy as np
import pymupdf
import resvg_py
import weasyprint
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

PLACE = sys.argv[1]
WAYS = ("", 'dominant-baseline="central"', 'alignment-baseline="middle"', 'dominant-baseline="hanging"', 'dy="0.35em"')
texts = "".join(f'<text x="{20 + 60 * i}" y="50" font-family="DejaVu Sans" font-size="40" {way}>H</text>' for i, way in enumerate(WAYS))
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100"><rect width="300" height="100" fill="white"/>{texts}</svg>'


def lowest(picture):
    """Where the letters end below, from top, in px of the drawing."""
    dark = np.asarray(picture.convert("L").resize((300, 100))).astype(int) < 128
    return [int(np.flatnonzero(dark[:, 15 + 60 * i : 60 + 60 * i].any(axis=1))[-1]) for i in range(len(WAYS))]


def of_pdf(data):
    page = pymupdf.open(stream=data, filetype="pdf")[0]
    scale = pymupdf.Matrix(300 / page.rect.width, 100 / page.rect.height)
    return Image.open(io.BytesIO(page.get_pixmap(matrix=scale).tobytes("png")))


def by_qt():
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication([])
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(SVG.encode()).render(painter)
    painter.end()
    image.save(f"{PLACE}/qt.png")
    return app and Image.open(f"{PLACE}/qt.png")


def by_librsvg():
    subprocess.run(["rsvg-convert", f"{PLACE}/a.svg", "-o", f"{PLACE}/librsvg.png"], check=True)
    return Image.open(f"{PLACE}/librsvg.png")


def by_batik():
    jars = [f"/usr/share/java/{name}" for name in os.listdir("/usr/share/java") if name.startswith(("batik", "xml-apis", "xmlgraphics", "xerces", "xalan"))]
    path = ":".join([*jars, PLACE])
    subprocess.run(["javac", "-cp", path, "-d", PLACE, f"{PLACE}/Draw.java"], check=True)
    subprocess.run(["java", "-Djava.awt.headless=true", "-cp", path, "Draw", f"{PLACE}/a.svg", f"{PLACE}/batik.png"], check=True)
    return Image.open(f"{PLACE}/batik.png")


open(f"{PLACE}/a.svg", "w").write(SVG)
open(f"{PLACE}/Draw.java", "w").write(
    "import java.io.*; import org.apache.batik.transcoder.*; import org.apache.batik.transcoder.image.*;"
    "public class Draw { public static void main(String[] a) throws Exception { new PNGTranscoder().transcode("
    "new TranscoderInput(new FileInputStream(a[0])), new TranscoderOutput(new FileOutputStream(a[1]))); } }"
)
sheet = f"<style>@page{{size:300px 100px;margin:0}}body{{margin:0}}svg{{display:block}}</style>{SVG}"
print("where an H ends that stands on 49:", *(way or "plain" for way in WAYS), sep=" | ")
for name, draw in (
    ("CairoSVG", lambda: Image.open(io.BytesIO(cairosvg.svg2png(SVG.encode())))),
    ("WeasyPrint", lambda: of_pdf(weasyprint.HTML(string=sheet).write_pdf())),
    ("resvg", lambda: Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=SVG))))),
    ("librsvg", by_librsvg),
    ("Batik", by_batik),
    ("Qt", by_qt),
    ("svglib", lambda: of_pdf(renderPDF.drawToString(svg2rlg(io.BytesIO(SVG.encode()))))),
    ("PyMuPDF", lambda: Image.open(io.BytesIO(pymupdf.open(stream=SVG.encode(), filetype="svg")[0].get_pixmap().tobytes("png")))),
):
    print(name, *lowest(draw()))
PROBE
cat > "$place/expected" <<'EXPECTED'
where an H ends that stands on 49: | plain | dominant-baseline="central" | alignment-baseline="middle" | dominant-baseline="hanging" | dy="0.35em"
CairoSVG 49 63 63 87 63
WeasyPrint 49 61 61 81 63
resvg 49 63 60 79 63
librsvg 49 49 49 49 63
Batik 49 49 49 49 63
Qt 49 49 49 49 49
svglib 49 49 49 49 63
PyMuPDF 49 49 49 49 63
EXPECTED
"$place/venv/bin/python" "$place/probe.py" "$place" 2>/dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
