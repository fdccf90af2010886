"""The typeface within a picture of shapes and text. The letters that most graphs use are kept cut out beside
it by `scripts/typeface.py`, for cutting takes ten times as long as the picture; others are cut when needed.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from nodegraph import resources
from nodegraph.canvas.drawing.theme import FAMILY, FILES

PARTS = {
    "basic": "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0°±²³·¹¼½×÷ˣ‐–—‘’“”•…′⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉←→∂∅−√∞≈≠≤≥Σσ",
    "greek": "ΓΔΘΛΞΠΥΦΨΩαβγδεζηθικλμνξπρςτυφχψω",
}
"""The letters of each part that is kept."""
_SHAPED = ("calt", "ccmp", "kern")
"""Which of the typeface's own rules are used: the form of a sign beside another, and how near they stand."""


def font_faces(letters: Mapping[int, Iterable[str]]) -> str:
    """Returns the rules of a style sheet that bring the typeface, with these letters of each weight."""
    return "".join(_faces(weight, set(wanted)) for weight, wanted in sorted(letters.items()))


def kept(weight: int, part: str) -> Path:
    """Returns where a part of a weight is kept."""
    return resources.path("fonts", "parts", f"{Path(FILES[weight]).stem}-{part}.woff")


def cut(weight: int, letters: Iterable[str]) -> bytes:
    """Returns the typeface in one weight with these letters only, as WOFF; nothing where it has none."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True, layout_features=list(_SHAPED))
    with TTFont(resources.path("fonts", FILES[weight]), recalcTimestamp=False) as whole:
        has = whole.getBestCmap()
        found = sorted(letter for letter in letters if ord(letter) in has)
        if not found:
            return b""
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(found))
        cutter.subset(whole)
        whole.flavor = "woff"
        file = io.BytesIO()
        whole.save(file)
    return file.getvalue()


def _faces(weight: int, wanted: set[str]) -> str:
    faces = ""
    for part, letters in PARTS.items():
        if wanted & set(letters):
            faces += _face(weight, letters, kept(weight, part).read_bytes())
            wanted = wanted - set(letters)
    rest = cut(weight, wanted) if wanted else b""
    return faces + (_face(weight, wanted, rest) if rest else "")


def _face(weight: int, letters: Iterable[str], file: bytes) -> str:
    reach = ",".join(_ranges(sorted(map(ord, letters))))
    data = base64.b64encode(file).decode()
    return (
        f"@font-face{{font-family:{FAMILY};font-weight:{weight};unicode-range:{reach};"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}\n"
    )


def _ranges(codes: list[int]) -> Iterable[str]:
    """Yields sorted codes of letters as a style sheet names them.

    >>> list(_ranges([0x41, 0x42, 0x43, 0x2202]))
    ['U+41-43', 'U+2202']
    """
    start = 0
    for place, code in enumerate(codes):
        if place + 1 == len(codes) or codes[place + 1] != code + 1:
            yield f"U+{codes[start]:X}" if start == place else f"U+{codes[start]:X}-{code:X}"
            start = place + 1
