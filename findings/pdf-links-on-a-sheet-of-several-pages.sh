#!/usr/bin/env bash
# Put on a sheet together, PDF pages keep their links in pypdf alone; pikepdf and PyMuPDF drop them, and pypdf leaves them behind when a page is scaled by add_transformation or turned.
#
# Guess before running: a page that is put on a larger sheet brings its links along to where their text now stands, or it is told that they are gone; a
#   page that is scaled or turned moves its links with its text.
# Seen: merge_transformed_page and scale_by of pypdf move the links with the text. add_overlay of pikepdf and show_pdf_page of PyMuPDF paint the text and
#   have no link, without a word. add_transformation of pypdf halves the text and leaves the links in the old place, and so does
#   transfer_rotation_to_content: a click on the text does nothing, one on empty paper opens the page.
# Who meets it: who makes a handout of four slides to a sheet, or brings a scanned page upright: references and sources cannot be clicked, or the wrong
#   place can.
# Versions: pypdf==7.1.1, pikepdf==10.18.0, pymupdf==2.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pypdf==7.1.1 pikepdf==10.18.0 pymupdf==2.0
cat > "$place/sheets.py" <<'PROBE'
import io

import pikepdf
import pymupdf
import pypdf

document = pymupdf.open()
page = document.new_page(width=200, height=100)
page.insert_text((20, 50), "a source")
page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(20, 40, 60, 55), "uri": "https://example.org/"})
source = document.tobytes()


def links(data):
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    return [[round(float(number)) for number in link.get_object()["/Rect"]] for link in page.get("/Annots") or []]


def text_at(data):
    word = pymupdf.open("pdf", data)[0].get_text("words")[0]
    height = pymupdf.open("pdf", data)[0].rect.height
    return [round(word[0]), round(height - word[3]), round(word[2]), round(height - word[1])]


def show(name, save):
    file = io.BytesIO()
    save(file)
    print(f"{name}: text at {text_at(file.getvalue())}, links at {links(file.getvalue())}")


def half():
    return pypdf.Transformation().scale(0.5)


show("as it was", lambda file: file.write(source))
writer = pypdf.PdfWriter()
writer.add_blank_page(200, 200).merge_transformed_page(pypdf.PdfReader(io.BytesIO(source)).pages[0], half())
show("pypdf, merge_transformed_page", writer.write)
writer = pypdf.PdfWriter(clone_from=io.BytesIO(source))
writer.pages[0].scale_by(0.5)
show("pypdf, scale_by", writer.write)
writer = pypdf.PdfWriter(clone_from=io.BytesIO(source))
writer.pages[0].add_transformation(half())
show("pypdf, add_transformation", writer.write)
writer = pypdf.PdfWriter(clone_from=io.BytesIO(source))
writer.pages[0].rotate(90)
writer.pages[0].transfer_rotation_to_content()
show("pypdf, transfer_rotation_to_content", writer.write)
slides = pikepdf.open(io.BytesIO(source))
sheet = pikepdf.new()
sheet.add_blank_page(page_size=(200, 200))
sheet.pages[0].add_overlay(slides.pages[0], pikepdf.Rectangle(0, 0, 100, 50))
show("pikepdf, add_overlay", sheet.save)
sheet = pymupdf.open()
sheet.new_page(width=200, height=200).show_pdf_page(pymupdf.Rect(0, 150, 100, 200), pymupdf.open("pdf", source), 0)
show("PyMuPDF, show_pdf_page", lambda file: file.write(sheet.tobytes()))
PROBE
cat > "$place/expected" <<'EXPECTED'
as it was: text at [20, 47, 26, 62], links at [[20, 45, 60, 60]]
pypdf, merge_transformed_page: text at [10, 23, 13, 31], links at [[10, 22, 30, 30]]
pypdf, scale_by: text at [10, 23, 13, 31], links at [[10, 22, 30, 30]]
pypdf, add_transformation: text at [10, 23, 13, 31], links at [[20, 45, 60, 60]]
pypdf, transfer_rotation_to_content: text at [47, 174, 62, 180], links at [[20, 45, 60, 60]]
pikepdf, add_overlay: text at [10, 23, 13, 31], links at []
PyMuPDF, show_pdf_page: text at [10, 23, 13, 31], links at []
EXPECTED
"$place/venv/bin/python" "$place/sheets.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
