"""What to say of a backtick that begins no name which can stand in a formula. Knows text only."""

from __future__ import annotations

import re

_AROUND_FORMULA = "leave out the marks ` around the formula"


def why_no_name(text: str, place: int) -> str:
    """Returns why what stands between marks, from this place on, is no name, and what to write.

    >>> why_no_name("y = `CO2-Wert`*3", 4)
    '“CO2-Wert” cannot stand in a formula; name it in letters and digits, such as CO2_Wert'
    >>> why_no_name("`y = a*b`", 0), why_no_name("y = `2`*x", 4)
    ('leave out the marks ` around the formula', 'leave out the marks ` around the formula')
    """
    found = re.compile(r"`([^`\n\r]{1,80})`").match(text, place)
    if not found or "=" in found[1] or re.fullmatch(r"[\s\d.,+-]*", found[1]):
        return _AROUND_FORMULA
    name = re.sub(r"\W+", "_", found[1]).strip("_")
    said = f"in letters and digits{f', such as {name}' if name.isidentifier() else ''}"
    before, behind = (re.split(r"[\n\r;]", part) for part in (text[:place], text[found.end() :]))
    is_whole = before[-1].rstrip()[-1:] in ("", "=") and behind[0].strip() in ("", ".", ",")
    if is_whole:
        return f"{_AROUND_FORMULA}; if “{found[1]}” is one name, write it {said}"
    return f"“{found[1]}” cannot stand in a formula; name it {said}"
