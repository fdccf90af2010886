"""The losses of a network: targets, and the nodes that say how far its outputs are from them.

Each makes what is to be minimised as its last node. What may be asked for, `networks` checks.
"""

from __future__ import annotations

from collections.abc import Sequence

from nodegraph.core.building.network_draft import (
    CROSS_ENTROPY,
    HINGE,
    SOFTMAX,
    Block,
    Card,
    Draft,
    numbered,
)


def add_loss(draft: Draft, outputs: Sequence[str], loss: str, penalty: float = 0.0) -> str:
    """Add targets and a loss, the mean over all outputs, and the L2 penalty where there is one.

    Returns the node that is to be minimised.
    """
    weights = [node.id for node in draft.nodes.values() if node.op == "input" and node.trainable]
    firsts = [1.0] + [0.0] * (len(outputs) - 1) if loss == SOFTMAX else [1.0] * len(outputs)
    names = zip(numbered("t", len(outputs)), firsts, strict=True)
    targets = [draft.node("input", name, value=value, learns=False) for name, value in names]
    draft.columns[-1] += [Card(((target,),)) for target in targets]
    name = "data_loss" if penalty else "L"
    if loss == CROSS_ENTROPY:
        end = _cross_entropy(draft, outputs, targets, name)
    elif loss == HINGE:
        end = _hinge(draft, outputs, targets, name)
    elif loss == SOFTMAX:
        end = _softmax(draft, outputs, targets, name)
    else:
        end = _squared(draft, outputs, targets, name)
    return _penalised(draft, end, weights, penalty) if penalty else end


def _squared(draft: Draft, outputs: Sequence[str], targets: Sequence[str], name: str) -> str:
    several = len(outputs) > 1
    pairs = zip(numbered("error", len(outputs)), zip(outputs, targets, strict=True), strict=True)
    errors = [draft.node("subtract", error, pair) for error, pair in pairs]
    draft.columns.append([Card(((error,),)) for error in errors])
    squares = [
        draft.node("square", square, (error,))
        for square, error in zip(numbered("square", len(errors)) if several else [name], errors, strict=True)
    ]
    draft.columns.append([Card(((square,),)) for square in squares])
    return _mean(draft, name, squares) if several else squares[0]


def _cross_entropy(draft: Draft, outputs: Sequence[str], targets: Sequence[str], name: str) -> str:
    """Make −(t·log y + (1 − t)·log(1 − y)) from the logits."""
    logits = [draft.sources_of(output)[0] for output in outputs]
    losses = [name] if len(outputs) == 1 else numbered("loss", len(outputs))
    terms = [_surprise(draft, *names) for names in zip(outputs, logits, targets, losses, strict=True)]
    return _in_groups(draft, outputs, terms, "Cross-entropy", name, shows_outputs=True)


def _surprise(draft: Draft, output: str, logit: str, target: str, loss: str) -> Block:
    """Make t·(−log y) + (1 − t)·(−log(1 − y)) of y = sigmoid(z) without a logarithm of y.

    −log y is softplus(−z) and −log(1 − y) is softplus(z), which hold where y rounds to 0 or 1; no two
    large numbers are subtracted either, as in softplus(z) − t·z. PyTorch takes the logit for the same
    reason (`BCEWithLogitsLoss`).
    """
    one = draft.node("constant", "k", value=1.0)
    opposite = draft.node("negate", f"{output}_opposite", (logit,))
    if_one = draft.node("softplus", f"{output}_if1", (opposite,))
    if_zero = draft.node("softplus", f"{output}_if0", (logit,))
    rest = draft.node("subtract", f"{target}_rest", (one, target))
    first = draft.node("multiply", f"{output}_hit", (target, if_one))
    second = draft.node("multiply", f"{output}_miss", (rest, if_zero))
    total = draft.node("add", loss, (first, second))
    return (one, opposite, if_one, if_zero, rest, first, second, total)


def _hinge(draft: Draft, outputs: Sequence[str], targets: Sequence[str], name: str) -> str:
    """Make relu(1 − t·y), whose targets are 1 and −1: 0 once an output is on the right side by 1 or more
    (C. Cortes and V. Vapnik, "Support-vector networks", 1995).
    """
    losses = [name] if len(outputs) == 1 else numbered("loss", len(outputs))
    terms = []
    for output, target, loss in zip(outputs, targets, losses, strict=True):
        one = draft.node("constant", "k", value=1.0)
        margin = draft.node("multiply", f"{output}_margin", (target, output))
        short = draft.node("subtract", f"{output}_short", (one, margin))
        terms.append((one, margin, short, draft.node("relu", loss, (short,))))
    return _in_groups(draft, outputs, terms, "Hinge loss", name, shows_outputs=False)


def _softmax(draft: Draft, outputs: Sequence[str], targets: Sequence[str], name: str) -> str:
    """Make −Σ t·log y of y = softmax(z), whose targets add up to 1, without a logarithm of y.

    With d = z − max z it is log Σ eᵈ − Σ t·d, in which no exponential overflows and none of the sums is 0.
    """
    most = draft.node("max", "z_max", outputs)
    below = [draft.node("subtract", f"{output}_below", (output, most)) for output in outputs]
    powers = [draft.node("exp", f"{output}_exp", (it,)) for output, it in zip(outputs, below, strict=True)]
    total = draft.node("add", "exp_sum", powers)
    log = draft.node("log", "log_sum", (total,))
    pairs = zip(targets, below, strict=True)
    hits = [draft.node("multiply", f"{target}_hit", (target, it)) for target, it in pairs]
    hit = draft.node("add", "hit", hits)
    end = draft.node("subtract", name, (log, hit))
    shares = numbered("y", len(outputs))
    answers = [draft.node("divide", share, (it, total)) for share, it in zip(shares, powers, strict=True)]
    members = (most, *below, *powers, total, log, *hits, hit)
    draft.columns.append([draft.group("Softmax cross-entropy", "purple", [members])])
    draft.columns.append([Card(((end,),)), *(Card(((answer,),)) for answer in answers)])
    return end


def _in_groups(
    draft: Draft,
    outputs: Sequence[str],
    terms: Sequence[Block],
    title: str,
    name: str,
    *,
    shows_outputs: bool,
) -> str:
    """Put each output's terms into a group of its own, and average them where there are several."""
    is_one = len(outputs) == 1
    column: list[Card] = []
    for output, members in zip(outputs, terms, strict=True):
        column += [Card(((output,),))] if shows_outputs else []
        inside = members[:-1] if is_one else members  # the output is to be seen
        column.append(draft.group(f"{title} of {output}", "purple", [inside]))
    draft.columns.append(column)
    ends = [members[-1] for members in terms]
    if not is_one:
        return _mean(draft, name, ends)
    draft.columns.append([Card(((ends[0],),))])
    return ends[0]


def _penalised(draft: Draft, loss: str, weights: Sequence[str], penalty: float) -> str:
    """Add α·Σ p² over all weights and biases (A. Hoerl and R. Kennard, "Ridge regression", 1970)."""
    squares = [draft.node("square", f"{weight}_squared", (weight,)) for weight in weights]
    total = draft.node("add", "squares", squares) if len(squares) > 1 else squares[0]
    alpha = draft.node("constant", "alpha", value=penalty)
    scaled = draft.node("multiply", "reg_loss", (alpha, total))
    inside = (*squares, *((total,) if len(squares) > 1 else ()), alpha, scaled)
    draft.columns[-1].append(draft.group("L2 penalty", "grey", [inside]))
    end = draft.node("add", "L", (loss, scaled))
    draft.columns.append([Card(((end,),))])
    return end


def _mean(draft: Draft, name: str, sources: Sequence[str]) -> str:
    mean = draft.node("mean", name, sources)
    draft.columns.append([Card(((mean,),))])
    return mean
