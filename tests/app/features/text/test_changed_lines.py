"""Where two texts differ: whole lines, and no more of them than need be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nodegraph.app.features.text.session import changed_lines

TEXTS = st.text("ab\n𝟚", max_size=12)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_is_put_between_the_common_lines_makes_the_other_text(
    before: str, one: str, other: str, after: str
) -> None:
    old, new = before + one + after, before + other + after
    start, end, new_end = changed_lines(old, new)
    assert 0 <= start <= min(end, new_end)
    assert old[:start] + new[start:new_end] + old[end:] == new
    assert not old[:start] or old[:start].endswith("\n")
    assert end == len(old) or old[:end].endswith("\n") or not end


def test_of_a_long_text_only_the_line_that_differs_is_put() -> None:
    lines = [f"n{number} = a * b" for number in range(1000)]
    old = "\n".join(lines)
    lines[500] = "n500 = a + b"
    new = "\n".join(lines)
    start, end, new_end = changed_lines(old, new)
    assert (old[start:end], new[start:new_end]) == ("n500 = a * b\n", "n500 = a + b\n")
    assert changed_lines(old, old) == (start_of_last := old.rfind("\n") + 1, start_of_last, start_of_last)
