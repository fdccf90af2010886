#!/usr/bin/env bash
# A figure of draw.io, which writes fill: light-dark(#ffffff, ...) beside fill="#ffffff", has black boxes in Qt, resvg and WeasyPrint, none in svglib, and stops CairoSVG and fpdf2.
#
# Guess before running: as CSS has it, a value that a program does not know is left out, so that the attribute beside it holds; draw.io writes the attribute for such
#   programs. var(--x, #ffffff), a variable with what to take where there is none, is white where CSS is read at all.
# Seen: what draw.io writes, light-dark(#ffffff, var(--ge-dark-color, #121212)), is white in PyMuPDF and Skia alone; in WeasyPrint it is white without the var().
#   QtSvg and resvg paint black, svglib nothing, CairoSVG and fpdf2 raise an error about a number or a colour. var() with a fallback is white in Skia alone, a variable that
#   the same style sets in none.
# Who meets it: who puts a figure drawn in draw.io with its standard colours, which suit themselves to a dark page, into a window, PDF or slide. Export it with
#   the light colours alone, and write no var() in an SVG that is to be converted.
# Versions: PySide6-Essentials==6.11.3, resvg_py==0.5.0, svglib==2.3.2, reportlab==5.1.0, CairoSVG==2.9.1, fpdf2==2.8.9, pymupdf==2.0, skia-python==144.1,
#   weasyprint==70.0, pypdfium2==5.15.2, pillow==13.0.0; Python 3.11. Needs python3 with venv, a package index and the libraries cairo, pango and those of Qt for
#   headless use. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3 resvg_py==0.5.0 svglib==2.3.2 reportlab==5.1.0 CairoSVG==2.9.1 fpdf2==2.8.9 pymupdf==2.0 skia-python==144.1 weasyprint==70.0 pypdfium2==5.15.2 pillow==13.0.0
cat > "$place/lightdark.py" <<'PROBE'
import base64
import io
import os
import warnings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
warnings.simplefilter("ignore")
import cairosvg
import fpdf
import pymupdf
import pypdfium2
import resvg_py
import skia
import weasyprint
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics import renderPDF
from svglib.svglib import svg2rlg

application = QGuiApplication([])


def page(data):
    return pypdfium2.PdfDocument(data)[0].render(scale=1, fill_color=(128, 128, 128, 255)).to_pil()


def qt(text):
    image = QImage(100, 100, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return Image.frombuffer("RGBA", (100, 100), bytes(image.constBits()))


def resvg(text):
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text))))


def svglib(text):
    return page(renderPDF.drawToString(svg2rlg(io.BytesIO(text.encode()))))


def cairo(text):
    return Image.open(io.BytesIO(cairosvg.svg2png(text.encode())))


def fpdf2(text):
    document = fpdf.FPDF(unit="pt", format=(100, 100))
    document.add_page()
    fpdf.svg.SVGObject(text).draw_to_page(document)
    return page(bytes(document.output()))


def mupdf(text):
    dots = pymupdf.open(stream=text.encode(), filetype="svg")[0].get_pixmap(alpha=True)
    return Image.frombytes("RGBA", (dots.width, dots.height), dots.samples)


def skia_(text):
    surface = skia.Surface(100, 100)
    surface.getCanvas().clear(skia.ColorTRANSPARENT)
    skia.SVGDOM.MakeFromStream(skia.MemoryStream(text.encode())).render(surface.getCanvas())
    return Image.fromarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))


def weasy(text):
    picture = base64.b64encode(text.encode()).decode()
    style = "<style>@page{size:100px;margin:0}body{margin:0}img{display:block}</style>"
    return page(weasyprint.HTML(string=f'{style}<img src="data:image/svg+xml;base64,{picture}">').write_pdf())


def colour(painter, text):
    try:
        picture = painter(text).convert("RGBA")
    except Exception as error:
        return type(error).__name__
    red, green, blue, alpha = picture.getpixel((picture.width // 2, picture.height // 2))
    return {(0, 0, 0): "black", (255, 255, 255): "white"}.get((red, green, blue) if alpha > 250 else None, "nothing")


for attributes in (
    'fill="#ffffff"',
    'fill="#ffffff" style="fill: light-dark(#ffffff, #121212);"',
    'fill="#ffffff" style="fill: light-dark(#ffffff, var(--ge-dark-color, #121212));"',
    'style="fill: var(--x, #ffffff)"',
    'style="--x: #ffffff; fill: var(--x)"',
):
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100"><rect x="5" y="5" width="90" height="90" {attributes}/></svg>'
    print(attributes)
    for painter in (qt, resvg, svglib, cairo, fpdf2, mupdf, skia_, weasy):
        print("   ", painter.__name__.strip("_"), colour(painter, text))
PROBE
cat > "$place/expected" <<'EXPECTED'
fill="#ffffff"
    qt white
    resvg white
    svglib white
    cairo white
    fpdf2 white
    mupdf white
    skia white
    weasy white
fill="#ffffff" style="fill: light-dark(#ffffff, #121212);"
    qt black
    resvg black
    svglib nothing
    cairo ValueError
    fpdf2 ValueError
    mupdf white
    skia white
    weasy white
fill="#ffffff" style="fill: light-dark(#ffffff, var(--ge-dark-color, #121212));"
    qt black
    resvg black
    svglib nothing
    cairo ValueError
    fpdf2 ValueError
    mupdf white
    skia white
    weasy black
style="fill: var(--x, #ffffff)"
    qt black
    resvg black
    svglib nothing
    cairo ValueError
    fpdf2 ValueError
    mupdf black
    skia white
    weasy black
style="--x: #ffffff; fill: var(--x)"
    qt black
    resvg black
    svglib nothing
    cairo black
    fpdf2 ValueError
    mupdf black
    skia black
    weasy black
EXPECTED
"$place/venv/bin/python" "$place/lightdark.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
