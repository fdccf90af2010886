"""A definition with a letter as its index, as papers have it, is not passed over where a number is meant."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse, part_in_text
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (
            r"$L = \sum_{i=1}^{2} (\hat y_i - t_i)^2$ where $\hat y_i = w x_i + b$",
            48,
            "y_hat_i is not used, since y_hat1 is another name; write its formula for each number",
        ),
        (
            r"$L = -\sum_{i=1}^{2} t_i \log p_i$, $p_i = \frac{e^{z_i}}{\sum_{j=1}^{2} e^{z_j}}$",
            38,
            "p_i is not used, since p1 is another name",
        ),
        ("y_i = w*x_i + b; L = (y_1 - t_1)**2", 1, "y_i is not used, since y_1 is another name"),
        ("z_n = w*x_n; y_n = tanh(z_n); L = y_10 + y_2", 14, "since y_2 is another name.*first with 2 for n"),
        ("z_ij = w_ij*x_j; L = z_11 + z_12", 1, "since z_11 is another name.*first with 11 for ij"),
        (r"$z_{i,j} = w_{i,j} x_j$, $L = z_{1,1} + z_{1,2}$", 2, "z_1_1 is another name.*1_1 for ij"),
        (r"$y_q = w x_q + b$, $L = y_1 + y_2$", 2, "since y1 is another name.*first with 1 for q"),
        (r"$y_\mu = w x_\mu$, $L = y_1 + y_2$", 2, "since y1 is another name"),
        (r"$y_i = \sigma(z)$, $L = y_1 + y_2$", 2, "since y1 is another name.*first with 1 for i"),
        (
            r"$s = \frac{e^{x_i}}{\sum_{j=1}^{2} e^{x_j}}$",
            15,
            "x_i may be x1, x2 or another one; write which",
        ),
        ("m = a; y = x_k/(x_1 + x_2 + m)", 12, "x_k may be x_1, x_2 or another one; write which"),
    ],
)
def test_a_definition_for_any_index_is_refused_where_a_number_is_used(
    text: str, column: int, said: str
) -> None:
    with pytest.raises(TextError, match=said) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "text",
    [
        "y_i = w*x_i; L = y_i**2",
        "y_i = w*x_i; L = y_i**2 + y_0",
        "N_t = N_0*exp(-k*t)",
        "s_t = v_t*t; L = s_0*2",
        "v_n = g*k; s = v_0*k",
        "y_in = w*x_in; L = y_1*2",
        "y_i = w*x_i; y_1 = 3*w; L = 2*y_1",
        "y_1; y_i = w*x_i; L = 2*y_1",
        "y = x_i/x_1",
        "x_i = 3; y = x_i/(x_1 + x_2)",
        "y = x_f/(x_1 + x_2)",
    ],
)
def test_a_name_with_a_letter_that_stands_for_itself_is_read(text: str) -> None:
    assert parse(text).output


def test_a_name_with_a_number_that_the_graph_has_is_meant() -> None:
    part, edges = part_in_text("y_i = w*x_i; L = 2*y_1", parse("y_1 = 3*a"))
    assert [edge.source for edge in edges] == ["y_1"]
    assert part.named("y_i")
