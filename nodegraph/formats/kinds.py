"""What a file is that is no document: named by its first bytes, with what to do about it.

Knows the beginnings of common files; whether a document is right, `native` says.
"""

from __future__ import annotations

import codecs
import re
import zlib
from functools import cache

from nodegraph.core.errors import DocumentError

_LOOKED_AT = 4096
_OTHER_PICTURE = (
    "only a PNG, GIF, WebP, MP4, SVG, PDF, HTML or TikZ file that nodegraph exported carries a graph, and "
    "what turns it into another kind, as chats and photo programs do, leaves the graph out: send the file "
    "unchanged"
)
_NO_GRAPH = (
    "open a .nodegraph document, or a PNG, GIF, WebP, MP4, SVG, PDF, HTML or TikZ that nodegraph exported"
)
_COPY_AGAIN = "copying it may have failed; copy or restore it again"
_SAVE_AS_CSV = "save its table as CSV, and load it as data of a graph"
_READ_FROM = "make a document of it with: nodegraph new --from"
_OF_OTHERS = (
    "save the lines of it that compute something, without their types, in a file whose name ends in .txt, "
    f"and {_READ_FROM.replace('of it', 'of that')}"
)
_READ_AS_GRAPHML = f"save it as GraphML or DOT, and {_READ_FROM.replace('of it', 'of that')}"
_LATEX = (
    "only a TikZ picture that nodegraph exported carries a graph, in its comments, and what strips those, as "
    "before a paper is sent in, leaves the graph out: send the file as it was exported, or make a document "
    "of the formulas in it with: nodegraph new --from"
)

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\xff\xd8\xff", "a JPEG picture", _OTHER_PICTURE),
    (rb"GIF8[79]a", "a GIF picture", _OTHER_PICTURE),
    (rb"RIFF.{4}WEBP", "a WebP picture", _OTHER_PICTURE),
    (rb"II\*\0|MM\0\*", "a TIFF picture", _OTHER_PICTURE),
    (rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0{3}|BM.{4}\0{4}", "a BMP picture", _OTHER_PICTURE),
    (rb"\0\0[\x01\x02]\0([\x01-\xff]\0|\Z)", "an icon", _OTHER_PICTURE),
    (rb"8BPS\0\x01", "a Photoshop picture", _OTHER_PICTURE),
    (
        rb"\0\0\0\x0cJXL |\xff\x0a|\0\0\0\x0cjP  |\xff\x4f\xff\x51",
        "a JPEG XL or JPEG 2000 picture",
        _OTHER_PICTURE,
    ),
    (rb"P[1-6]\s+(#[^\n]*\n)*\d+\s+\d+\s", "a Netpbm picture", _OTHER_PICTURE),
    (rb".{4}ftyp(avif|avis|heic|heix|mif1)", "an AVIF or HEIC picture", _OTHER_PICTURE),
    (rb".{4}ftyp", "a film", _NO_GRAPH),
    (rb"%PDF-", "a PDF", _NO_GRAPH),
    (rb"%!PS", "a PostScript file", _NO_GRAPH),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]|OggS\0|fLaC|RIFF.{4}WAVE", "a sound", _NO_GRAPH),
    (rb"RIFF.{4}AVI |\x1aE\xdf\xa3", "a film", _OTHER_PICTURE),
    (rb"\0\x01\0\0\0|OTTO\0|wOF[F2]|ttcf\0", "a typeface", _NO_GRAPH),
    (rb"PK\x03\x04.{26}.{0,2000}xl/", "an Excel workbook", _SAVE_AS_CSV),
    (rb"PK\x03\x04.{26}.{0,2000}word/", "a Word document", _SAVE_AS_CSV),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _SAVE_AS_CSV),
    (rb"PK\x03\x04.{26}[^/]{0,200}\.npy", "an archive of NumPy arrays", _SAVE_AS_CSV),
    (
        rb"PK\x03\x04.{26}.{0,300}/data\.pkl",
        "a PyTorch file",
        "it is never opened, as it could run a program",
    ),
    (
        rb"PK\x03\x04.{26}(META-INF/MANIFEST\.MF|manifest\.json).{0,4000}"
        rb"(data\.bin|data\.json|internal\.sqlite|index\.html|outputViewer)",
        "a file of jamovi, JASP or SPSS",
        _SAVE_AS_CSV,
    ),
    (rb"PK\x03\x04", "a zip archive", "unpack it first"),
    (rb"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (rb".{257}ustar(\0|  \0)", "a tar archive", "unpack it first"),
    (rb".{4}\0{4}\{\"[^\n]{0,3000}\"(dtype|__metadata__)\"", "a safetensors file", _SAVE_AS_CSV),
    (rb"\x08[\x01-\x14]\x12[\x01-\x40][A-Z]", "an ONNX model", _NO_GRAPH),
    (rb"MATLAB 5\.0 MAT-file", "a MATLAB file", _SAVE_AS_CSV),
    (rb"\{\\rtf", "an RTF document", _SAVE_AS_CSV),
    (rb"bplist0\d", "a property list", _NO_GRAPH),
    (rb"\s*<\?xml[^>]*>\s*(<!DOCTYPE plist[^>]*>\s*)?<plist\b", "a property list", _NO_GRAPH),
    (rb"\0+\Z", "a file that begins with zero bytes", _COPY_AGAIN),
    (rb"\x1f\x8b|BZh|7z\xbc\xaf|\xfd7zXZ|\x28\xb5\x2f\xfd", "a compressed file", "unpack it first"),
    (rb"\xd0\xcf\x11\xe0", "an old Office file", _SAVE_AS_CSV),
    (rb"\x93NUMPY", "a NumPy array", _SAVE_AS_CSV),
    (rb"\x89HDF", "an HDF5 file", _SAVE_AS_CSV),
    (rb"PAR1", "a Parquet file", "load it as data of a graph"),
    (rb"\x80[\x02-\x05]", "a Python pickle", "it is never opened, as it could run a program"),
    (rb"SQLite format 3", "an SQLite database", _SAVE_AS_CSV),
    (rb"\x7fELF|MZ.{60}", "a program", _NO_GRAPH),
    (
        rb"\s*(<\?xml[^>]*>\s*)?(<!--[^>]*>\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b",
        "an SVG file",
        _OTHER_PICTURE,
    ),
    (rb"\s*<(!doctype html|html|table|thead|tbody)\b", "a web page", _NO_GRAPH),
    (rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<graphml\b", "a GraphML file", _READ_FROM),
    (rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<gexf\b", "a GEXF file", _READ_AS_GRAPHML),
    (rb"\s*<\?xml", "an XML file", _NO_GRAPH),
    (rb"<stata_dta>", "a Stata file", _SAVE_AS_CSV),
    (rb"\s*<(/?[a-z][\w:.-]*[\s/>]|!--|!\[)", "a piece of HTML or XML", _NO_GRAPH),
    (rb"\s*\{\|", "a page of a wiki", _SAVE_AS_CSV),
    (rb'\s*\{.*"(nbformat|cell_type)"\s*:', "a Jupyter notebook", _READ_FROM),
)
_ALSO_A_WORD = re.compile(rb"BZh(?!\d1AY&SY)|PAR1|MZ")
"""Beginnings of binary files that may as well be the first name in a table, such as `MZ,intensity`."""
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f\x7f-\xff]")
_UNKNOWN = re.compile(rb"[\0-\x06\x0e-\x1a\x1c-\x1f]")
"""What stands in no text, whatever its encoding, but for UTF-16."""
_OF_R = re.compile(rb"[XA]\n(?:\0\0\0[\1-\3]|[1-3]\n)|RD[XA][1-3]\n")
"""How .rds and .RData begin below their compression."""
_KNOWN_ELSEWHERE = (b"\xff\xfe", b"\xfe\xff", b"\x89PNG")
_PNG = b"\x89PNG\r\n\x1a\n"
_TABLE = re.compile(rb"[^\n{\[=()]*[,;\t][^\n{\[=()]*\r?\n[^\n{\[=()]*[,;\t]")
_NUMBERS_BELOW = re.compile(
    rb"^(?=[^\n{=]*[,;\t])[^\n{=]*\n[ \t]*[-+]?[.\d](?=[^\n]*[,;\t])[^\n(={]*$", re.MULTILINE
)
"""Names, which may have units in brackets, above a row that begins with a number."""
_NUMBER_CELL = rb"[-+]?[\d.]+(?:[eE][-+]?\d+)?"
_BLANKS_BETWEEN = re.compile(
    rb"(?:^[ \t]*(?:[\w.]+[ \t]+)?" + _NUMBER_CELL + rb"(?:[ \t]+" + _NUMBER_CELL + rb")+[ \t]*\r?\n){2}",
    re.MULTILINE,
)
"""Two lines of numbers with blanks between them."""
_ARRAY = re.compile(
    rb"\s*(?:\w+\s*=\s*)?(?:[\w.]+\(\s*)?\[+\s*\[\s*[-+.\d](?:[-+.\deE,\s\[\]]|nan|inf)*(?:,\s*\w+=[^\n=]*)*\)?\s*\Z"
)
"""An array of two dimensions and nothing else, as numpy, torch and JSON print it."""
_BLOCKS = re.compile(rb"\s*(?:\w+ =\s+)?Columns? \d+ (?:through|and) \d+:?[ \t]*\r?\n")
"""How a wide matrix begins, as MATLAB and Octave print it."""
_BOX = re.compile("^┌─".encode(), re.MULTILINE)
_FORMULA = re.compile(rb"\s*[^\W\d]\w*\s*=[^=].*")
_MARKDOWN = (
    "a Markdown page",
    "a lesson is opened with Help ▸ Open Lesson File, a table in it is loaded as data",
)
_TEXTS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\A#![^\n]*(sh|fish)\b", "a shell script", _NO_GRAPH),
    (
        rb"\A#![^\n]*python"
        rb"|^import [\w.]+( as \w+)?[ \t]*([,#]|;[ \t]*\S|\r?$)"
        rb"|^(from [\w.]+ import [\w(*]|(async )?def \w+\(|class \w+(\([^()\n]*\))?:)",
        "a Python program",
        "paste the lines that compute something, or make a document of it with: nodegraph new --from",
    ),
    (rb"\A// A picture of a graph, drawn by nodegraph", "a DOT file that nodegraph drew", _NO_GRAPH),
    (
        rb"\A(\s|//[^\n]*\n|#[^\n]*\n|/\*.*?\*/)*(?i:(strict\s+)?(di)?graph)\b[^\n{;]*\{",
        "a DOT file",
        _READ_FROM,
    ),
    (
        rb"\A(---\n.*?\n---\n)?\s*(%%[^\n]*\n\s*)*(graph|flowchart) (TB|TD|BT|LR|RL)\b",
        "a Mermaid diagram",
        _NO_GRAPH,
    ),
    (rb"^\s*#include\s*[<\"]", "a C or C++ program", _OF_OTHERS),
    (rb"^\s*void\s+(?:setup|loop)\s*\(\s*(?:void)?\s*\)", "an Arduino sketch", _OF_OTHERS),
    (rb"^(export |import \{|const \w+ = |let \w+ = |function \w+\()", "a JavaScript program", _OF_OTHERS),
    (rb"^\[+[A-Za-z][\w.\- \"]*\]+\s*\r?\n(.*\n)?[\w.\-\" ]+\s*=", "a TOML or INI file", _NO_GRAPH),
    (rb"^(?i:insert into|create table) ", "an SQL script", _SAVE_AS_CSV),
    (rb"^@(relation|RELATION)\b", "an ARFF file", _SAVE_AS_CSV),
    (rb"^graph\s*\[\s*$|^Creator\b[^\n]*\n\s*graph\b", "a GML file", _READ_AS_GRAPHML),
    (
        rb"\A(---|%YAML)[^\n]*\r?\n"
        rb"|\A((#[^\n]*)?\r?\n)*([A-Za-z_][\w .-]*:( [^\n]*)?\r?\n([ \t-][^\n]*\r?\n)*){2}"
        rb"|\A- [A-Za-z_]\w*: [^\n]*\n(  \w+: [^\n]*\n)*- [A-Za-z_]\w*: ",
        "a YAML file",
        _NO_GRAPH,
    ),
    (rb"^[^\n&]*&[^\n]*\\\\([ \t]*\\[a-z]+)?[ \t]*\r?$|^\\begin\{tabular", "a LaTeX file", _NO_GRAPH),
    (
        rb"^\\[A-Za-z]+\*?[ \t]*[\[{]|\A(\s*%[^\n]*(\n|\Z))+\s*(\\|\$|\Z)|\A\s*(\\[\[(]|\${1,2}[^$\n,;\t]+=)",
        "a LaTeX file",
        _LATEX,
    ),
    (
        rb"^#{1,6} [^\n]+\r?\n[ \t]*\r?\n|\A\s*#{1,6} [^\n]+\s*\Z|^[^\n]+\r?\n(={3,}|-{3,})[ \t]*\r?$|^```"
        rb"|^[-*] \[?[A-Za-z][^\n]*\r?\n[-*] "
        rb"|!?\[[^\]\n]+\]\([^)\n]+\)|^\|.*\|[ \t]*\r?\n\|[ :|-]+\|",
        *_MARKDOWN,
    ),
)
_NUMBERS = re.compile(rb"\s*[-+\d.][-+\w.]*\s+\S")
"""More than the one number that JSON may be."""
_BEGIN_WITH_A_BRACKET = ("a TOML or INI file", "a Markdown page")
_MAY_BE_A_TABLE = ("a table", "a formula", "a text", "a Markdown page")
_LATEX_ROWS = re.compile(rb"\s*+(?:[^\n&]*&[^\n]*\\\\[ \t]*(?:\\\w+[ \t]*)?(?:\r?\n|\Z)){2}")
_ROWS = re.compile(
    rb"(^[ \t]*\|?[ \t]*[-+.\d][^\n:]*[,;\t|][^\n:]*\r?$\n?){2}"
    rb"|(^[^\n:,;\t-][^\n:,;\t]*([,;\t])[^\n:]*\3[ \t]*[-+.\d][^\n:,;\t]*\r?$\n?){3}",
    re.MULTILINE,
)
"""Two lines below each other that hold numbers in cells, where the rule below the head of a table may be one;
or three that end with one."""
_MAY_HOLD_CELLS = re.compile(rb"^[ \t]*[-+.]?\d|[|\t]|[,;] ?[-+.]?\d", re.MULTILINE)
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*\r?\n(?!\s*(?:---|%YAML))")
"""Lines that tell of the page below them, as they stand above Markdown."""
_YAML_LINE = re.compile(rb"\s*(?:- |[\w-]+:(?:\s|\Z))")
_SAME_KEY = re.compile(
    rb"\s*([A-Za-z_][\w .-]*:) *[-+.\d][^\n]*\n\1 |\s*([A-Za-z_][A-Za-z_.-]* )\d+:(?=[^\n]*\d)[^\n]*\n\2\d+:"
)
_JSON = re.compile(rb'\s*([{\[\-\d]|"(?!"")|(true|false|null|NaN|Infinity)\b)')
"""How JSON begins, be it broken further on: its reader tells where."""
_A_TABLE = ("a table", "load it as data of a graph")
_RECORDS = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*"(?:[^"\\\n]|\\.)*"\s*:')
"""How records in JSON begin, in one list or a line each."""
_DICTIONARY = re.compile(rb"\s*(\w+\s*=\s*)?(\[\s*)?\{\s*'(?:[^'\\\n]|\\.)*'\s*:")
_OBJECTS = re.compile(rb"\s*(?:(?:var|let|const)?\s*\w+\s*=\s*)?\[\s*\{\s*[A-Za-z_]\w*\s*:")


_CONFLICT = re.compile(
    rb"^<{7}( [^\n]*)?\r?\n(?:.*\n)?={7}\r?\n(?:.*\n)?>{7}( |\r?$)", re.DOTALL | re.MULTILINE
)
"""What Git leaves where two versions differ; no line of JSON or of a table begins so."""


def _refuse_versions(data: bytes) -> None:
    """Raise DocumentError for what Git puts in place of a file: two versions at once, or none.

    One sign is looked for first, which is found, or not, in a sixteenth of the time.
    """
    if b"<" in data and b"<<<<<<<" in data and _CONFLICT.search(data):
        raise DocumentError(
            "This holds two versions of a file, between <<<<<<< and >>>>>>>, as Git leaves them where a merge"
            " fails; keep one of them (git checkout --ours or --theirs), then open it."
        )
    if data.startswith(b"version https://git-lfs.github.com/spec/"):
        raise DocumentError("This is a Git LFS pointer, not the file itself; fetch that with: git lfs pull.")


@cache
def _kinds() -> tuple[tuple[re.Pattern[bytes], str, str], ...]:
    """Returns the beginnings, compiled when a file is first asked about: it takes longer than reading one."""
    return tuple(
        (re.compile(beginning, re.DOTALL | re.IGNORECASE), name, what)
        for beginning, name, what in _BEGINNINGS
    )


@cache
def _kinds_of_text() -> tuple[tuple[re.Pattern[bytes], str, str], ...]:
    return tuple(
        (re.compile(pattern, re.DOTALL | re.MULTILINE), name, what) for pattern, name, what in _TEXTS
    )


def name_of(data: bytes) -> tuple[str, str] | None:
    """Returns what the file is and what to do, for a file that can be no document; None for all others.

    >>> name_of(b"GIF89a")[0], name_of(b"x,y\\n1,2\\n")[0], name_of(b"L = a*b")[0], name_of(b'{"graph": {}}')
    ('a GIF picture', 'a table', 'a formula', None)
    """
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _ALSO_A_WORD.match(head) and not _NO_TEXT.search(head):
        return _kind_of_text(head)
    if head.startswith(b"\x1f\x8b") and _OF_R.match(_unpacked(head)):
        return "a file of R", _SAVE_AS_CSV
    for beginning, name, what in _kinds():
        if beginning.match(head):
            return name, what
    may_be_text = _JSON.match(head) or _TABLE.match(head) or head.startswith(_KNOWN_ELSEWHERE)
    if _UNKNOWN.search(head) and not may_be_text:
        return "a file of a kind that is not known here", _NO_GRAPH
    return None if b"\0" in head else _kind_of_text(head)


def _unpacked(head: bytes) -> bytes:
    """Returns how a file that is compressed begins when it is unpacked; b"" where it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 16)
    except zlib.error:
        return b""


def _kind_of_text(head: bytes) -> tuple[str, str] | None:
    front = _FRONT_MATTER.match(head)
    if front is not None:
        below = _kind_below(head[front.end() :])
        if below is not None:
            return below
    start = head.lstrip()[:1]
    if start == b"{":
        return None
    if _ARRAY.match(head) or _BLOCKS.match(head):
        return _A_TABLE
    named = None if _JSON.match(head) and start not in b"[-" else _named_text(head)
    if named is not None and (start != b"[" or named[0] in _BEGIN_WITH_A_BRACKET):
        return named
    if start == b"[":
        return None
    if _TABLE.match(head) or any(sign.search(head) for sign in (_NUMBERS_BELOW, _BLANKS_BETWEEN, _BOX)):
        return _A_TABLE
    if _FORMULA.match(head):
        return "a formula", "make a document of it with: nodegraph new"
    may_be_json = not head.strip() or (_JSON.match(head) and not _NUMBERS.match(head))
    return None if may_be_json or not _is_text(head) else ("a text", _NO_GRAPH)


def _kind_below(page: bytes) -> tuple[str, str] | None:
    """Returns what stands below front matter; None for more of the same YAML."""
    found = _kind_of_text(page)
    if found is None or found[0] == "a YAML file":
        return None
    if found[0] in ("a formula", "a text"):
        return None if _YAML_LINE.match(page) else _MARKDOWN
    return found


def _is_text(head: bytes) -> bool:
    """Whether this is UTF-8, of which the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _named_text(head: bytes) -> tuple[str, str] | None:
    for pattern, name, what in _kinds_of_text():
        if pattern.search(head):
            return name, what
    return None


def refuse_foreign(data: bytes) -> None:
    """Raise DocumentError where the first bytes say that this is a file of another kind."""
    _refuse_versions(data)
    if data.startswith(b"\x89PNG") and not data.startswith(_PNG):
        said = "This PNG was changed on its way: a transfer as text has replaced its line ends"
        raise DocumentError(f"{said}; copy it once more, as a binary file.")
    found = name_of(data)
    if found is not None:
        name, what = found
        raise DocumentError(f"This is {name}, not a nodegraph document; {what}.")


def no_text(byte: int, place: int) -> DocumentError:
    """Returns what to say of a file that is neither text nor of a kind that is known."""
    found = f"the byte 0x{byte:02x} at offset {place}"
    nor = f"This is no text in UTF-8 ({found}), nor a file of a kind that is known here"
    return DocumentError(f"{nor}; if it is text, save it as UTF-8, else {_NO_GRAPH}.")


def refuse_as_table(data: bytes) -> None:
    """Raise DocumentError where the first bytes say that this is a file of another kind than a table."""
    if data.startswith(b"\x89PNG"):
        raise DocumentError("This is a PNG picture, not a table; a graph in it is opened with File ▸ Open.")
    _refuse_versions(data)
    if _DICTIONARY.match(data[:1000]):
        raise DocumentError("This is a Python dictionary, not a table; save the numbers as CSV.")
    if _RECORDS.match(data[:1000]):
        raise DocumentError("This is JSON, not a table; save the numbers as CSV.")
    if _OBJECTS.match(data[:1000]):
        raise DocumentError("These are objects of JavaScript, not a table; save the numbers as CSV.")
    if _LATEX_ROWS.match(data[:1000]):
        raise DocumentError(r"These are rows of LaTeX; put a tab in place of each &, and leave the \\ out.")
    found = name_of(data)
    front = _FRONT_MATTER.match(data) if found is not None and found[:2] == _MARKDOWN else None
    if front is not None and not _MAY_HOLD_CELLS.search(data, front.end()):
        raise DocumentError("This Markdown page holds no table; save the numbers as CSV.")
    if found is None or found[0] in _MAY_BE_A_TABLE:
        return
    if found[0] in ("a YAML file", "a TOML or INI file") and _ROWS.search(data[:_LOOKED_AT]):
        return  # instruments write such lines above their tables
    if found[0] == "a YAML file" and _SAME_KEY.match(data):
        return  # a reading in each line, behind its name
    name, what = found
    todo = what if what in (_SAVE_AS_CSV, _COPY_AGAIN, "unpack it first") else "save the numbers as CSV"
    raise DocumentError(f"This is {name}, not a table; {todo}.")
