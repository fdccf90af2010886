"""What to say of words that a command does not take: an option that there is not, a name with spaces that
stood without quotation marks, a value without its option.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Sequence

_OUT = ("--output", "--out", "--outfile", "-out", "-output")
"""What other programs call the option -o."""
_MEANT = {
    **dict.fromkeys(("lr", "learning-rate", "learningrate", "eta", "step-size"), "--rate"),
    **dict.fromkeys(("epochs", "epoch", "iterations", "iters", "n-steps", "max-iter"), "--steps"),
    **dict.fromkeys(("batch-size", "batchsize", "bs"), "--batch"),
    **dict.fromkeys(("validation-split", "test-size", "test", "val", "holdout", "split"), "--held-out"),
    **dict.fromkeys(("normalize", "normalise", "standardize", "scale", "scaler"), "--standardise"),
    **dict.fromkeys(("weight-decay", "wd", "l2"), "--decay"),
    **dict.fromkeys(("early-stopping", "early-stop"), "--patience"),
    **dict.fromkeys(("clip-norm", "max-norm", "grad-clip", "clip-grad-norm"), "--clip"),
    **dict.fromkeys(("metric", "metrics"), "--measure"),
    **dict.fromkeys(("table", "csv", "dataset", "input"), "--data"),
    **dict.fromkeys(("solver", "optim", "opt"), "--optimizer"),
    **dict.fromkeys(("n", "size", "samples", "n-samples", "points", "count"), "--rows"),
    **dict.fromkeys(("resolution", "ppi"), "--dpi"),
    **dict.fromkeys(("theme-dark", "dark", "colors", "colours", "style"), "--theme"),
    **dict.fromkeys(("framework", "library", "lang", "language"), "--to"),
    **dict.fromkeys(("value", "values", "param"), "--set"),
}
"""What other programs call an option, and what it is called here."""
_OF_OPTIMISERS = ("momentum", "smoothing", "beta1", "beta2", "eps")
_TABLES = (".csv", ".tsv", ".parquet", ".txt")
_QUOTED = "a name or a text with spaces stands between quotation marks"


def why_stray(stray: str, typed: Sequence[str], options: Collection[str]) -> str:
    """Returns what is wrong with a word among those that were typed behind a command with these options.

    >>> why_stray("b=2", ["x.nodegraph", "--set", "a=3", "b=2"], ["--set"])
    'each value has an option of its own: --set b=2'
    >>> why_stray("x=age", ["x.nodegraph", "--bind", "t=price", "x=age"], ["--set", "--bind"])
    'each value has an option of its own: --bind x=age'
    >>> why_stray("--ouput", ["x.nodegraph", "--ouput", "L"], ["--output", "--set"])
    'there is no option --ouput; did you mean --output?'
    """
    place = typed.index(stray) if stray in typed else len(typed)
    before = [*typed[max(place - 2, 0) : place]]
    if "--" in typed[:place] and stray.partition("=")[0] in options:
        return f"what stands behind -- is no option; leave -- out before {stray}"
    if stray.strip().startswith("-") and stray != "-":
        stray = stray.strip()  # `new` has a blank before what may be a text such as -x
        behind = typed[place + 1] if place + 1 < len(typed) else ""
        return _why_no_option(stray, options, behind)
    if before[:1] == ["--set"] and len(before) == 2 and "=" not in before[1]:
        value = typed[place + 1] if stray == "=" and place + 1 < len(typed) else stray.removeprefix("=")
        return f"write a name and its value as one word: --set {before[1]}={value}"
    name, equals, value = stray.partition("=")
    if equals and "=" in typed[0] and not value.strip().lstrip("-").replace(".", "").isdigit():
        return f'statements stand in one text, parted by semicolons: "{typed[0]}; {stray}"'
    if "--set" in options and name.strip() and equals and value.strip():
        return f"each value has an option of its own: {_option_of_pairs(typed, place)} {stray}"
    if path := _path_in_words(typed, place):
        return f'a name with spaces stands between quotation marks: "{path}"'
    if "--data" in options and stray.lower().endswith(_TABLES):
        return f"a table stands behind its option: --data {stray}"
    if os.path.exists(stray):
        return f"this command takes one file; run it again for {stray}"
    if any("=" in word for word in typed[: place + 1]):
        return f'{_QUOTED}: "{" ".join(_plain_words(typed))}"'
    return f"“{stray}” is a word more than this command takes; {_QUOTED}"


def _option_of_pairs(typed: Sequence[str], place: int) -> str:
    """Returns the option that stands last before a place, if a name and a value follow it; else --set."""
    options = [at for at, word in enumerate(typed[:place]) if word.startswith("--")]
    if not options or options[-1] + 1 >= place or "=" not in typed[options[-1] + 1]:
        return "--set"
    return typed[options[-1]]


def with_advice(message: str, typed: Sequence[str]) -> str:
    """Returns a message of argparse, with what to write where -o is lacking before the file to write.

    >>> with_advice("the following arguments are required: -o", ["x.nodegraph", "x.png"])
    'the following arguments are required: -o; write -o x.png'
    >>> with_advice("the following arguments are required: -o", ["--from", "neuron.py"])
    'the following arguments are required: -o; write -o and a name, or -o - for standard output'
    >>> with_advice("the following arguments are required: -o", ["L = a*b"])
    'the following arguments are required: -o; write -o and a name, or -o - for standard output'
    """
    before, last = (["", "", *typed])[-2:]
    is_file = "." in last and "=" not in last and not os.path.exists(last)
    is_to_write = is_file and not last.startswith("-") and not before.startswith("--")  # no program to read
    out = last if is_to_write else "and a name, or -o - for standard output"
    return f"{message}; write -o {out}" if message.endswith(" -o") else message


def unknown_option(typed: Sequence[str], options: Collection[str]) -> str:
    """Returns the first word that was typed as an option and is none, or "".

    >>> unknown_option(["x", "--set", "a=-b", "-oy", "--jsn"], ["--set", "-o", "--json"])
    '--jsn'
    """
    for word in typed:
        if word in ("-h", "--help", "--"):
            break
        is_one = word[:2] == "--" or (word[:1] == "-" and word[1:2].isalpha())
        if is_one and (word in _OUT or word[:2] not in options) and word.partition("=")[0] not in options:
            return word
    return ""


def _why_no_option(word: str, options: Collection[str], behind: str = "") -> str:
    """What to write in place of a word that is no option, before another word.

    >>> _why_no_option("--lr", ["--rate"], "0.1"), _why_no_option("-o", ["-h", "--json"], "out.txt")
    ('there is no option --lr; did you mean --rate?', 'what this prints is written to a file by > out.txt')
    """
    name, _, value = word.partition("=")
    if not name.startswith("--") and os.path.exists(word):
        return f"the name of a file that begins with - is written ./{word}"
    if name in _OUT and "-o" in options:
        return f"there is no option {name}; did you mean -o?"
    if name in (*_OUT, "-o") and "-h" in options and (value or behind):
        return f"what this prints is written to a file by > {value or behind}"
    bare = name.lstrip("-")
    if bare.upper() in options and (value or behind):
        return f"{bare.upper()} stands without an option: {value or behind}"
    if bare in _OF_OPTIMISERS and "--setting" in options:
        return f"there is no option {name}; write --setting {bare}={value or behind}"
    meant = [_MEANT[bare]] if _MEANT.get(bare) in options else []
    near = meant or difflib.get_close_matches(f"--{bare}", options, 1, 0.75)
    begun = [option for option in options if option.startswith(f"--{bare}")]
    if near or len(begun) == 1:
        return f"there is no option {name}; did you mean {(near or begun)[0]}?"
    if "--set" in options and "=" in word:
        return f"there is no option {name}; to set a value write --set {word.lstrip('-')}"
    return f"there is no option {name}"


def _path_in_words(typed: Sequence[str], place: int) -> str:
    """Returns the path of a file that was typed as several words, of which one stands at a place; or ""."""
    for start in range(max(place - 5, 0), place):
        for end in range(place + 1, min(place + 6, len(typed)) + 1):
            path = " ".join(typed[start:end])
            if os.path.exists(path):
                return path
    return ""


def _plain_words(typed: Sequence[str]) -> list[str]:
    """Returns the words before the first option."""
    found = []
    for word in typed:
        if word.startswith("-") and len(word) > 1:
            break
        found.append(word)
    return found
