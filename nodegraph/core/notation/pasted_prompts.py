"""What a session at a prompt shows, as the program that was typed there: without >>>, In [3]: and julia>, and
without what was answered or is said to the notebook itself (%matplotlib inline, !pip install …); of a message
with code between fences (```python) the code; of C's #define VREF 3.3 the statement VREF = 3.3. Each
character knows where it stood. Knows text only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import chain, compress

from nodegraph.core.notation.formula_tokens import InPython
from nodegraph.core.quoting import COPIED_ALONG

_OTHERS = r"julia>|octave:\d+>|sage:|ipdb>|\(Pdb\)"
_FIRST = re.compile(rf"[ \t]*(?:(?:>>>|In \[\d*\]:|{_OTHERS})(?: |(?=[\w(`√|])|$)|>>?(?: |$))")
_FURTHER = re.compile(r"[ \t]*(?:\.\.\.:?)(?: |$)")
_SEVERAL = re.compile(rf"^[ \t]*(?:>>>|In \[\d*\]:|{_OTHERS})", re.MULTILINE)
_STATED = re.compile(r"[ \t]*+(?P<name>[^\W\d]\w*+)[ \t]*+(?::[^=\n]*+)?[-+*/]?=(?!=)(?P<rest>[^\n]*+)")
_OF_A_PROGRAM = re.compile(rf"^(?:{_STATED.pattern}|(?:def|import|from|class|for|if|with|@)\b)", re.MULTILINE)
"""What begins a line of a program, other than of what a prompt is greeted with."""
_WORD = re.compile(r"[^\W\d]\w*+")
_BARE = re.compile(
    r"\s*+(?=>>? )(?:(?:>>(?: (?P<name>\w*+)[^\n]*)?|>(?: [^\n]*)?"
    r"|(?:(?P=name)|ans) = [-+]?[\d.NI][^\n]*|(?![^\n]*=[ \t]*\S)[^\n]*)(?:\n|\Z))*+\Z"
)
"""A session with R, MATLAB or Octave, whose prompt is > or >>; a line without it gives nothing a name, or
says which number the one above has named.
"""
_TO_THE_NOTEBOOK = re.compile(
    r"^[ \t]*(?:(?:%%?(?:autoreload|capture|cd|conda|config|env|history|load_ext|lsmagic|matplotlib|pdef|pdoc"
    r"|pinfo2?|pip|precision|pwd|pylab|reset|timeit|who|whos)\b|%%time\b|![ \t]*[A-Za-z])[^\r\n]*"
    r"|\?{1,2}[^\W\d][\w.]*[ \t]*$|[^\W\d][\w.]*\?{1,2}[ \t]*$)",
    re.MULTILINE,
)
_TIMED = re.compile(r"^([ \t]*)%time\b[ \t]*", re.MULTILINE)
"""%time, which times the statement behind it; other lines are said to the notebook alone, as L? for help."""

_FENCE = re.compile(r"^[ \t]*+(?:```|~~~)[ \t]*+\w*+[ \t]*+$", re.MULTILINE)

_DEFINED = re.compile(
    r"^[ \t]*+(?P<word>#(?:[ \t]++(?=define[ \t]++\w++\())?define[ \t]++)"
    r"[^\W\d]\w*+(?:\([\w, \t]*+\))?(?P<gap>[ \t]++)(?=[-+.]*\d|\([^\n]*[-+*/\d])"
    r"(?P<value>(?:(?!//|/\*)[^\n])*+)(?P<remark>//|/\*)?",
    re.MULTILINE,
)
"""What C calls by a name: a number, or arithmetic in brackets; # define loss (MSE) is a remark of Python."""
_BLACK = re.compile(r"\S")

_APART = {"ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304"}
"""Accents beside their letter, as they are copied from a PDF, and the same above it."""
_ACCENT = re.compile(
    r"(?<![^\W_])(?P<letter>[^\W\d_ˆ])(?P<above>[ˆ˜¯])(?!\w|[ \t]*\()"
    r"|(?<![\w)\]])(?P<mark>[ˆ˜¯])(?P<below>[^\W\d_ˆ])"
    r"|(?<=[\w)\]])ˆ(?=\d|\(|[-−])"
)

_WIDE = {sign + 0xFEE0: sign for sign in range(0x21, 0x7F) if not chr(sign).isalnum()}
_PLAIN = str.maketrans("“”„‟‘’‚‛∆、", '"' * 4 + "'" * 4 + "Δ,") | _WIDE
"""Quotes of word processors, the Δ of some keyboards, and signs as wide as a Chinese character."""


def with_plain_signs(text: str) -> str:
    """Returns a text of the same length with straight quotes in place of those that word processors make of
    them, with signs as narrow as in a program, and with accents above their letters that a PDF has beside
    them.

    >>> [with_plain_signs(text) == plain for text, plain in (("yˆ+ˆz", "y\u0302+z\u0302"), ("xˆ2", "x^2"))]
    [True, True]
    >>> with_plain_signs("（x＋1）＾2")
    '(x+1)^2'
    """
    return text if text.isascii() else _ACCENT.sub(_with_accent, text.translate(_PLAIN))


def _with_accent(found: re.Match[str]) -> str:
    letter, mark = found["letter"] or found["below"], found["above"] or found["mark"]
    return letter + _APART[mark] if letter else "^"


def without_unseen(typed: InPython) -> InPython:
    """Returns a text without the marks in it that nobody sees.

    >>> text = "tempera\\u200bture + 1"
    >>> without_unseen(InPython(text, range(len(text) + 1))).text
    'temperature + 1'
    """
    text = typed.text.translate(COPIED_ALONG) if not typed.text.isascii() else typed.text
    if len(text) == len(typed.text):
        return typed
    seen = [ord(character) not in COPIED_ALONG for character in typed.text]
    return InPython(text, [*compress(typed.places, seen), typed.places[-1]])


def with_definitions(typed: InPython) -> InPython:
    """Returns a text with VREF = 3.3 for C's #define VREF 3.3, which would be a remark.

    >>> text = "#define VREF 3.3"
    >>> with_definitions(InPython(text, range(len(text) + 1))).text
    'VREF = 3.3'
    """
    kept: list[str] = []
    stood: list[int] = []
    start = 0
    for found in _DEFINED.finditer(typed.text) if "define" in typed.text else ():
        name = slice(found.end("word"), found.start("gap"))
        value = slice(*found.span("value"))
        kept += [typed.text[start : found.start("word")], typed.text[name], " = ", typed.text[value]]
        stood += [*typed.places[start : found.start("word")], *typed.places[name]]
        stood += [*[typed.places[found.start("gap")]] * 3, *typed.places[value]]
        kept += "# " if found["remark"] else ""
        stood += typed.places[value.stop : found.end()]
        start = found.end()
    if not kept:
        return typed
    return InPython("".join([*kept, typed.text[start:]]), [*stood, *typed.places[start:]])


def without_prompts(text: str) -> InPython:
    r"""Returns the lines that were typed at prompts; of a text without any, all of it.

    >>> without_prompts(">>> y = (a +\n...      b)\n>>> y\n6.0").text
    'y = (a +\n     b)\ny\n\n'
    >>> without_prompts("In [3]: y = a*b\n   ...: L = y + 1\nOut[3]: 7").text
    'y = a*b\nL = y + 1\n\n'
    >>> without_prompts("a = 2\nL = a*3\n>>> L\n6").text
    'a = 2\nL = a*3\nL\n\n'
    """
    text = _between_fences(text)
    if not _SEVERAL.search(text) and not _BARE.match(text):
        return _without_magic(text, range(len(text) + 1))
    made: list[str] = []
    places: list[int] = []
    above, is_typed = _lines_above(text), False
    start = 0
    stated: set[str] = set()
    for line in text.splitlines(keepends=True):
        plain = line.rstrip("\r\n")
        prompt = _FIRST.match(plain) or (_FURTHER.match(plain) if is_typed else None)
        is_typed = prompt is not None
        is_read = is_typed or start < above or _goes_on(plain, stated)
        typed = line[prompt.end() if prompt else 0 :] if is_read else "\n"
        if found := _STATED.match(typed):
            stated.add(found["name"])
        made.append(typed)
        places += range(start + len(line) - len(typed), start + len(line))
        start += len(line)
    return _without_magic("".join(made), [*places, len(text)])


def _lines_above(text: str) -> int:
    r"""Returns where the first prompt stands, if there is a program above it; else 0.

    >>> [_lines_above(text) for text in ("x = 2\n>>> x\n2", "Python 3.12 on linux\n>>> x = 2", ">>> x = 2")]
    [6, 0, 0]
    """
    found = _SEVERAL.search(text)
    return found.start() if found and _OF_A_PROGRAM.search(text, 0, found.start()) else 0


def _goes_on(line: str, stated: Container[str]) -> bool:
    """Whether a line without a prompt is none of an answer: it gives a new name a formula of what has one."""
    found = _STATED.match(line)
    if not found or found["name"] in stated:
        return False
    return any(word[0] in stated for word in _WORD.finditer(found["rest"]))


def _between_fences(text: str) -> str:
    r"""Returns a text of the same length with nothing but the code that stands between fences; a text without
    fences as it is.

    >>> _between_fences("So:\n```py\na = 2\n```\nDone").split()
    ['a', '=', '2']
    """
    pieces = _FENCE.split(text)
    if len(pieces) == 1:
        return text
    fences = [found[0] for found in _FENCE.finditer(text)]
    kept = [piece if place % 2 else _BLACK.sub(" ", piece) for place, piece in enumerate(pieces)]
    return "".join(chain.from_iterable(zip(kept, [*(" " * len(fence) for fence in fences), ""], strict=True)))


def _without_magic(text: str, places: Sequence[int]) -> InPython:
    r"""Returns a text without what is said to the notebook, of which each character stood at one of `places`.

    >>> text = "!pip list\na = 2\n%time b = a"
    >>> _without_magic(text, range(len(text) + 1)).text
    '         \na = 2\nb = a'
    """
    text = _TO_THE_NOTEBOOK.sub(lambda found: " " * len(found[0]), text)
    kept: list[str] = []
    stood: list[int] = []
    start = 0
    for found in _TIMED.finditer(text):
        kept.append(text[start : found.end(1)])
        stood += places[start : found.end(1)]
        start = found.end()
    return InPython("".join([*kept, text[start:]]), [*stood, *places[start:]] if start else places)
