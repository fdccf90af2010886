"""Text as a voice has to be told it: powers in words, since speech leaves raised signs out.

eSpeak NG, through which screen readers on Linux speak, says x² as “x two” and 10⁻⁵ as “ten”. Knows text only.
"""

from __future__ import annotations

import re
import unicodedata

_RAISED = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+|ᵀ)(?=(\w)?)")
_NAMED = {"²": "squared", "³": "cubed", "ᵀ": "transposed"}


def aloud(text: str) -> str:
    """Returns the text with raised letters, digits and signs as words.

    >>> aloud("(a − b)² = 3 × 10⁻⁵"), aloud("1/(1 + e⁻ˣ)"), aloud("x³y, wᵀ")
    ('(a − b) squared = 3 × 10 to the power of −5', '1/(1 + e to the power of −x)', 'x cubed y, w transposed')
    """
    return text if text.isascii() else _RAISED.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", found[1])
    return f" {_NAMED.get(found[1], f'to the power of {plain}')}{' ' if found[2] else ''}"
