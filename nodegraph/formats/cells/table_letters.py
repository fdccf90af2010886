"""The letters of a table that is no Unicode: older programs write a byte for each, out of 256 signs, and the
file does not say which. The numbers are the same in all of them. Knows bytes and text, and no table.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from nodegraph.core.data.letters import LIKELIEST, UNICODE
from nodegraph.core.errors import DocumentError
from nodegraph.core.quoting import COPIED_ALONG

_OTHER_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""Signs that `str.splitlines` takes for ends of lines, and no reader of tables does."""
_LOOKED_AT = 4096
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")
"""Bytes that stand for no sign in the likeliest set: the file is no text, or one of another kind."""


class Decoded(NamedTuple):
    """A text, and the set of letters that it was taken to be in; `UNICODE` where it is that."""

    text: str
    encoding: str


def decoded(data: bytes) -> Decoded:
    """Returns the text in these bytes; DocumentError where it is none.

    >>> decoded(b"Gr\\xf6\\xdfe;t\\n"), decoded("Größe".encode()).encoding
    (Decoded(text='Größe;t\\n', encoding='windows-1252'), '')
    """
    wide = width_told(data)
    plain = wide or _wide_without_mark(data) or "utf-8-sig"
    try:
        return Decoded(data.decode(plain).translate(COPIED_ALONG), UNICODE)
    except UnicodeDecodeError:
        if wide or _NO_TEXT.search(data) or _is_broken_unicode(data):
            name = wide.upper() or "UTF-8"
            raise DocumentError(f"This is no text in {name}; save the table as CSV in UTF-8.") from None
    return Decoded(as_in(data, LIKELIEST), LIKELIEST)


def width_told(data: bytes) -> str:
    """Returns the kind of Unicode that the mark at the start of wide letters tells, or "".

    >>> width_told("x".encode("utf-32")), width_told("x".encode("utf-16")), width_told(b"x")
    ('utf-32', 'utf-16', '')
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def with_plain_ends(text: str) -> str:
    r"""Returns a text whose lines all end in a line feed: a lone carriage return ends one, too, and a sign
    that begins a new page or paragraph does not.

    >>> with_plain_ends("x\r1\r\n2\x0c\n")
    'x\n1\n2 \n'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in _OTHER_ENDS:
        if sign in text:
            text = text.replace(sign, " ")
    return text


def _wide_without_mark(data: bytes) -> str:
    """The kind of UTF-16 that this is without the mark at its start: every other byte of Latin text is 0."""
    head = data[:_LOOKED_AT]
    for name, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(data) % 2 == 0 and zeros and b"\0" not in others and zeros.count(0) > len(zeros) * 0.9:
            return name
    return ""


def _is_broken_unicode(data: bytes) -> bool:
    """Whether this is UTF-8 for the most part: letters of other sets look like that by chance alone."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not sign.isascii() for sign in text) - bad > bad


def as_in(data: bytes, encoding: str) -> str:
    """Returns the text of bytes in one of these sets, in which every byte is some sign."""
    return codecs.charmap_decode(data, "strict", _signs(encoding))[0]


def in_other(text: str, before: str, after: str) -> str:
    """Returns a text that was read in one set of letters as it reads in another one.

    >>> in_other("Âåñ", "windows-1252", "windows-1251")
    'Вес'
    """
    if before == after:
        return text
    places = {ord(sign): place for place, sign in enumerate(_signs(before))}
    return as_in(bytes(map(places.__getitem__, map(ord, text))), after)


@cache
def _signs(encoding: str) -> str:
    """The sign of each byte; of one that has none, that of its number, so that nothing is lost."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(256))
