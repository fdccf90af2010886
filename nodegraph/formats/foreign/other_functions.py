"""Words of nodes for functions that no operation here is; with one input they would pass for its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from nodegraph.core.graph.records import LEAVES
from nodegraph.core.notation.functions_elsewhere import FUNCTIONS_IN_OTHERS, FUNCTIONS_OF_OTHERS
from nodegraph.formats.foreign.labels import first_part
from nodegraph.formats.foreign.words import is_of_torch, meaning, to_number, without_torch

_RESULTS = (
    "average avg bcewithlogits binarycrossentropy binarycrossentropywithlogits crossentropy degrees dense "
    "dot inner linear logit l1loss mse meansquarederror mseloss nllloss norm normal random radians select "
    "std sum uniform var where"
)
"""What a result is called as well, or what takes two inputs; but of Linear and Dense a layer is meant."""
_LAYERS = frozenset(("Linear", "Dense"))
_NETWORKS = (
    "batchnorm batchnorm1d batchnorm2d layernorm groupnorm instancenorm rmsnorm conv conv1d conv2d conv3d "
    "convolution maxpool maxpool1d maxpool2d avgpool avgpool1d avgpool2d dropout1d dropout2d embedding "
    "normalize multiheadattention lstm gru rnn celu prelu rrelu glu hardswish hardsigmoid hardshrink "
    "softshrink softmin logsoftmax cumsum cumprod lgamma gammaln digamma erfinv frac sigmoidgrad"
)
_NAMES = frozenset(
    re.sub(r"[\W_]+", "", name.lower())
    for name in (*FUNCTIONS_IN_OTHERS, *FUNCTIONS_OF_OTHERS.split(), *_NETWORKS.split())
) - set(_RESULTS.split())
_ONLY_SHAPES = (
    "t view reshape reshapealias unsafeview squeeze unsqueeze expand clone alias tocopy permute transpose "
    "select slice unbind detach contiguous"
)
"""Steps of torch that pass numbers on as they are."""
_RAISED = str.maketrans({sign: f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "^-"})
_SIGN = re.compile(r"[\^*/×÷·√+−–-]")
_HOLE = re.compile(r"\(\s*[·•.…_]?\s*\)|^\s*[\^*/×÷·√]|^\s*[+−–-]\s|[*/×÷·+−–-]\s*$|[□▢]")
"""Where a formula piece without letters lacks what it is of, as in ^2, 1/( ) or + 1."""
_NO_PIECE = re.compile(r"\w-\d+|.*[*+'′-]|.*\^[\[({].*", re.DOTALL)
"""Names that read like one: x-1, the best x*, and a^[1] of a layer."""
_CALL = re.compile(r"([^\W\d][\w.]*)\s*\(\s*(.*?)\s*\)")
_SPOKEN = re.compile(r"(\S+) (?:layer|activation|function|node|of|p)\b.*", re.IGNORECASE | re.DOTALL)
"""A function in words, such as GELU activation or cosh of x."""
_NOUNS = (*LEAVES, "mean", "add", "subtract", "multiply", "divide", "max", "min")
"""What results are named by as well: mean of x, input layer."""
_FREE = frozenset(("", "x", "z", "t", "u", "y", "·", "•", ".", "…", "_"))
"""What stands in a formula for whatever it is of."""


def is_of_another(
    word: str, given: Mapping[str, str], names: Collection[str], behind: str | None = None
) -> bool:
    """Whether a word that means no operation is a function that is known elsewhere, or a formula's piece.

    `names` are those of the network's nodes, in which a formula tells what something comes to, and `behind`
    is the operation that feeds the node, None where a leaf does.

    >>> [is_of_another(word, {}, (), "add") for word in ("GELU_1", "cosh(x)", "^2", "1/x", "sum/n", "e")]
    [True, True, True, True, False, False]
    """
    text = first_part(word)
    call = _CALL.fullmatch(text)
    if call and call[1] not in given:
        op = meaning(call[1], given)
        is_free = behind is None or (_is_free(call[2], names) and op != behind)
        return is_free if op else _is_function(call[1])
    spoken = _SPOKEN.fullmatch(text)
    if spoken and spoken[1] not in given:
        op = meaning(spoken[1], given)
        return op not in (behind, *_NOUNS) if op else _is_function(spoken[1])
    return _is_function(text) or _is_piece(text, names, is_of_leaf=behind is None)


def _is_function(text: str) -> bool:
    last = text.rpartition(".")[2]
    plain = re.sub(r"[\s_-]+", "", without_torch(last).lower())
    if is_of_torch(last):
        return plain not in _ONLY_SHAPES.split()
    return last in _LAYERS or plain in _NAMES or plain.rstrip("0123456789") in _NAMES


def _is_piece(text: str, names: Collection[str], *, is_of_leaf: bool) -> bool:
    """Whether a text is a formula of one thing that it leaves open, such as x² or 1/( )."""
    plain = text.translate(_RAISED)
    if not _SIGN.search(plain) or to_number(text) is not None:
        return False
    letters = set(re.findall(r"[^\W\d_]+", re.sub(r"\be\^", "^", plain)))
    if not letters:
        return any(map(str.isdigit, plain)) and _HOLE.search(plain) is not None
    (letter, *further) = letters
    if further or len(letter) > 1 or _NO_PIECE.fullmatch(plain):
        return False
    return is_of_leaf or _is_free(letter, names)


def _is_free(operand: str, names: Collection[str]) -> bool:
    return operand in _FREE and operand not in names
