"""Text that came from elsewhere, made fit to be shown: what cannot be seen, or would steer a terminal or turn
the line around, stands as an escape.

One place, for terminals, messages and sheets. Knows text only.
"""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters that change the direction in which text runs (Unicode Standard Annex #9)."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
COPIED_ALONG = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\u2061\ufeff"))
"""Marks without ink or width that come along when text is copied from a page, and mean nothing in a formula
or a table: where a line may break, which way it runs, that a function is applied. For `str.translate`.
"""


def quoted(text: str, keep: str = "") -> str:
    r"""Returns the text with each character that does not print as an escape, but for those to `keep`.

    >>> quoted("a\x1b[2Jb"), quoted("L\u202e1"), quoted("one\ntwo", keep="\n")
    ('a\\x1b[2Jb', 'L\\u202e1', 'one\ntwo')
    >>> quoted("∂L/∂β"), quoted("a\nb")
    ('∂L/∂β', 'a\\nb')
    >>> quoted("1\u202f000")  # a space of any width is seen
    '1\u202f000'
    """
    if text.isprintable():
        return text
    hidden = [c for c in set(text) if not (c.isprintable() or c in keep or unicodedata.category(c) == "Zs")]
    return text.translate({ord(c): c.encode("unicode_escape").decode() for c in hidden}) if hidden else text


def shortened(text: str, most: int) -> str:
    """Returns a text of at most so many characters; of a longer one both ends, with … between.

    >>> shortened("abcdefgh", 8), shortened("abcdefghi", 8)
    ('abcdefgh', 'abcd…ghi')
    """
    if len(text) <= most:
        return text
    rest = most // 2 - 1
    return f"{text[: most - 1 - rest]}…{text[len(text) - rest :]}"


def why_not_seen(text: str) -> str | None:
    r"""None where all characters of a name can be seen, else the predicate that says what it cannot hold.

    >>> why_not_seen("a\tb"), why_not_seen("a\u202eb")
    ('cannot hold control characters', 'cannot hold characters that turn the direction of text (U+202E)')
    >>> why_not_seen("zero\u200bwidth"), why_not_seen("weight 1")
    ('cannot hold formatting characters, which are not seen (U+200B)', None)
    """
    if text.isprintable():
        return None
    unseen = [character for character in text if unicodedata.category(character) in _UNSEEN]
    for character in unseen:
        number = f"U+{ord(character):04X}"
        if character in _TURNING:
            return f"cannot hold characters that turn the direction of text ({number})"
        if unicodedata.category(character) == "Cf":
            return f"cannot hold formatting characters, which are not seen ({number})"
    return "cannot hold control characters" if unseen else None
