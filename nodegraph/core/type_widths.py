"""How wide text is in the shipped typeface, Inter: measured once, so that a layout needs neither Qt nor font.

Knows letters and nothing of cards. Those that are not in the table are taken to be as wide as most are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import REMEMBERED, Line, Typeset

Weight = Literal["regular", "semibold", "bold"]
LOW = 0.72
"""The size of an index beside that of its line."""
CHARACTERS = (
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "∂−×÷√²ⁿˣ…αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ"
)
# fmt: off
THOUSANDTHS: Mapping[Weight, tuple[int, ...]] = {
    "regular": (
        281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605,
        636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
        587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
        665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
        237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659,
        631, 659, 659, 659, 631, 420, 403, 368, 821, 641, 592, 534, 540, 544, 523, 585, 540, 266, 631,
        585, 622, 580, 540, 631, 571, 631, 472, 585, 732, 599, 747, 811, 575, 676, 761, 676, 540, 722,
        631, 665, 750, 778, 761,
    ),
    "semibold": (
        248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 295, 466, 290, 379, 667, 481, 621,
        652, 666, 632, 648, 587, 646, 648, 290, 295, 673, 673, 673, 544, 999, 724, 657, 744, 724, 608,
        586, 755, 744, 275, 561, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690,
        705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261, 569,
        261, 898, 610, 608, 625, 625, 397, 549, 380, 608, 576, 837, 562, 576, 562, 393, 358, 393, 673,
        658, 673, 673, 673, 660, 423, 412, 380, 806, 648, 604, 543, 616, 562, 543, 610, 617, 303, 657,
        600, 652, 616, 563, 707, 585, 657, 531, 587, 806, 610, 785, 894, 579, 724, 775, 724, 616, 751,
        658, 705, 816, 811, 773,
    ),
    "bold": (
        232, 325, 392, 650, 655, 859, 674, 209, 409, 409, 565, 680, 303, 469, 298, 390, 688, 489, 630,
        659, 678, 645, 660, 595, 661, 660, 298, 303, 680, 680, 680, 562, 1031, 748, 661, 752, 727, 613,
        585, 761, 746, 281, 570, 690, 567, 915, 735, 782, 648, 783, 656, 655, 668, 729, 748, 1036, 714,
        724, 667, 409, 390, 409, 488, 477, 497, 580, 635, 587, 635, 598, 386, 633, 624, 272, 272, 582,
        272, 912, 622, 614, 632, 632, 409, 562, 388, 622, 586, 850, 574, 586, 572, 409, 374, 409, 680,
        673, 680, 680, 680, 674, 424, 416, 387, 799, 652, 609, 547, 654, 570, 553, 622, 656, 321, 671,
        607, 667, 635, 575, 746, 592, 671, 560, 589, 843, 616, 803, 935, 581, 748, 782, 748, 655, 765,
        673, 724, 849, 827, 778,
    ),
}
# fmt: on
"""How far each of these characters moves on, in thousandths of the size of type, at each weight."""
THOUSAND = 1000
_WIDE, _USUAL = THOUSAND, 700


class _Advances(dict[str, int]):
    """The same of one weight; a character that is not among these is taken to be as wide as its like are."""

    def __missing__(self, character: str) -> int:
        return _guessed(character)


ADVANCES: Mapping[Weight, _Advances] = {
    weight: _Advances(zip(CHARACTERS, advances, strict=True)) for weight, advances in THOUSANDTHS.items()
}


@lru_cache(maxsize=REMEMBERED)
def line_width(line: Line, size: float, weight: Weight) -> float:
    """Returns how wide a line of type of this size is.

    >>> round(line_width("w11", 14, "bold"), 1), round(line_width("", 14, "bold"), 1)
    (25.6, 0.0)
    """
    return line_thousandths(line, size, weight) / THOUSAND


def line_thousandths(line: Line, size: float, weight: Weight) -> float:
    """The same in thousandths, which are whole numbers: those of parts add up to exactly that of a line."""
    parts = line.parts if isinstance(line, Typeset) else ((line, False),)
    advances, width = ADVANCES[weight], 0.0
    for text, is_low in parts:
        width += sum(map(advances.__getitem__, quoted(text))) * (low_size(size) if is_low else size)
    return width


def low_size(size: float) -> int:
    """Returns the size of an index in a line of this size."""
    return round(size * LOW)


def _guessed(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _USUAL
