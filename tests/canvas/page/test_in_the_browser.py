"""Exported pages in a real browser: the same numbers, sentences and derivations, and all that one can do."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.explain.derivation import derive_node
from nodegraph.core.explain.explanation import step_sentence, step_title
from nodegraph.core.graph.edits import move, rename, set_muted
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import group, set_collapsed
from nodegraph.core.numbers import read_number
from nodegraph.core.operations.catalogue import OPERATIONS, Operation, rule_tree
from tests.canvas.page.conftest import exported

PUBLISHED = json.loads((Path(__file__).parents[2] / "cases" / "published.json").read_text("utf-8"))
SEED = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}
CORNERS = (0.0, -0.0, 1.0, -2.5, 40.0, -40.0, 800.0, -800.0, 1e-300, 1e300, 1e-8)
READ = """() => [nodegraph.values(), nodegraph.gradients()].map(
    (all) => Object.fromEntries(Object.entries(all).map(
        ([name, x]) => [name, x === null || Number.isFinite(x) ? x : String(x)])))"""


def seed() -> Graph:
    return parse("L = (a*b + c)*f", **SEED)


def same(found: float | str | None, wanted: float | None) -> bool:
    """Whether a number of the page is ours, to 1e-12."""
    if found is None or wanted is None:
        return found is None and wanted is None
    if isinstance(found, str):
        return math.isnan(wanted) if found == "NaN" else wanted == float(found)
    return found == wanted or abs(found - wanted) <= 1e-12 * max(abs(found), abs(wanted))


def differences(page: Any, trace: Trace) -> list[tuple[str, float | str | None, float | None]]:
    found: list[Mapping[str, float | str | None]] = page.evaluate(READ)
    return [
        (name, shown[name], wanted)
        for shown, numbers in zip(found, (trace.values, trace.gradients), strict=True)
        for name, wanted in numbers.items()
        if not same(shown[name], wanted)
    ]


def sentences(trace: Trace) -> list[str]:
    frames = [trace.frame(position) for position in range(len(trace.steps) + 1)]
    return [f"{step_title(frame)} {step_sentence(frame)}" for frame in frames]


def derivation(trace: Trace, node_id: str) -> str:
    told = derive_node(trace.last_frame, node_id)
    lines = [told.title]
    for part in told.parts:
        lines += [
            part.heading,
            *(text for line in part.lines for text in (line.unicode, line.why)),
            part.note,
        ]
    return "\n".join(filter(None, lines))


def assert_told(page: Any, trace: Trace) -> None:
    """The page says the same of each step and each node as we do."""
    count = len(trace.steps)
    told = page.evaluate("(n) => Array.from({length: n + 1}, (_, k) => nodegraph.sentence(k))", count)
    assert told == sentences(trace)
    names = [trace.nodes[node_id].name for node_id in trace.plan.ids]
    told = page.evaluate("([names, n]) => names.map((name) => nodegraph.derivation(name, n))", [names, count])
    assert told == [derivation(trace, node_id) for node_id in trace.plan.ids]


# --- numbers and words
def test_published_cases_come_out_the_same(show: Callable[..., Any]) -> None:
    """Each case of the books, a page each, in one tab after another."""
    for case in PUBLISHED:
        graph = parse("\n".join(case["program"]), **case["inputs"])
        page = show(graph)
        assert differences(page, run(graph)) == [], case["name"]
        page.close()


def corner_graph() -> Graph:
    """Each operation at ordinary places and at corners, summed: each gradient is a local derivative."""
    lines, inputs = [], {}
    for operation in OPERATIONS.values():
        if operation.is_leaf:
            continue
        places = [*operation.samples, *((x,) * max(operation.least, 1) for x in CORNERS)]
        if operation.least == 2:
            places += [(0.0, x) for x in CORNERS] + [(x, 0.0) for x in CORNERS] + [(-2.0, 3.0), (-8.0, 1 / 3)]
        if operation.most is None:
            places += [(1.0, 1.0, 1.0), (0.0, 0.0, 3.0), (1e200, 1e200, 1e-300, 2.0), (1e308, 1e308, -1e308)]
        for number, place in enumerate(places):
            names = [f"{operation.name}_{number}_{port}" for port in range(len(place))]
            inputs |= dict(zip(names, place, strict=True))
            lines.append(f"y_{operation.name}_{number} = {operation.name}({', '.join(names)})")
    results = [line.partition(" ")[0] for line in lines]
    graph = parse("\n".join([*lines, f"total = add({', '.join(results)})"]), **inputs)
    places = {n.id: (200.0 * (number % 40), 120.0 * (number // 40)) for number, n in enumerate(graph.nodes())}
    graph.apply(move(graph, places))  # laying it out would take long, and nobody looks at it
    return graph


def test_every_operation_is_the_same_at_ordinary_places_and_at_corners(show: Callable[..., Any]) -> None:
    graph = corner_graph()
    page = show(exported(graph, wording=Wording("none"), edges=EdgeStyle("straight")))
    assert differences(page, run(graph)) == []


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("L = (a*b + c)*f", {**SEED, "a": 1 / 3}),
        ("z = w*x + b; h = relu(z); p = sigmoid(h); L = -(log(p)*0.5)", {"w": 0.3, "x": -2, "b": 0.6}),
        ("m = max(a, b, c); n = min(a, b); y = m*n + abs(d)", {"a": 2, "b": 2, "c": 1, "d": 0}),
        ("y = x*x + x**3 - sqrt(q)", {"x": 0.1, "q": 0}),
        ("y = (a + b - c)*1e-9 + log(d)", {"a": 0.1, "b": 0.2, "c": 0.3, "d": -1}),
    ],
)  # fmt: skip
def test_each_step_and_each_node_is_told_in_our_words(
    show: Callable[..., Any], text: str, inputs: dict[str, float]
) -> None:
    graph = parse(text, **inputs)
    page = show(graph)
    assert_told(page, run(graph))


def test_names_that_read_as_formulas_and_constants_of_every_name_are_told_in_our_words(
    show: Callable[..., Any],
) -> None:
    text = "g = 9.81; k7 = 3; e = a*b*g; L = e + c**2*k7 - d/f + h*2 + pi"
    graph = parse(text, a=3, b=5, c=2, d=1, f=-4, h=0.5)
    for old, new in zip("abcdfh", ("x²", "x + 1", "weight 1.", "x̂", "größe'", "w.grad"), strict=True):
        graph.apply(rename(graph, old, new))
    page = show(graph)
    assert_told(page, run(graph))
    springs = parse("k1 = 50; k2 = 30; F = k1*x + k2*y*4", x=2, y=3)
    page = show(springs)
    assert_told(page, run(springs))


@pytest.mark.parametrize(
    ("text", "x", "shown"),
    [
        ("z = -x; L = 1/z", 0.0, "−0"),
        ("z = -x; L = z*2", 0.0, "0"),
        ("z = x*1; L = reciprocal(z*z*z)", -0.0, "−0"),
        ("y = x*1; z = y*3; L = 1/z", -0.0, "−0"),
        ("z = x*1; L = 1/max(z, 1)", -0.0, "0"),
    ],
)
def test_a_negative_zero_is_shown_where_its_sign_decides_and_nowhere_else(
    show: Callable[..., Any], text: str, x: float, shown: str
) -> None:
    graph = parse(text, x=x)
    trace = run(graph)
    page = show(graph)
    assert_told(page, trace)
    place = list(trace.nodes).index(graph.named("z").id)
    assert page.locator(f'[data-value="{place}"]').text_content() == shown
    zeros = page.evaluate("() => Object.entries(nodegraph.values()).filter(([_, v]) => Object.is(v, -0))")
    wanted = {node.name for node in graph.nodes() if str(trace.value(node.id)) == "-0.0"}
    assert {name for name, _ in zeros} == wanted
    page.get_by_label("x", exact=True).fill("2")
    assert differences(page, run(graph, values={graph.named("x").id: 2.0})) == []


def test_an_edited_input_changes_numbers_and_words_at_once(show: Callable[..., Any]) -> None:
    graph = parse("L = relu(a*b + c)*f", **SEED)
    page = show(graph)
    page.get_by_label("a", exact=True).fill("3.7e0")
    page.get_by_label("c", exact=True).fill("−0.25")
    trace = run(graph, values={graph.named("a").id: 3.7, graph.named("c").id: -0.25})
    assert differences(page, trace) == []
    assert_told(page, trace)
    assert (
        page.locator(f'[data-gradient="{list(trace.nodes).index(graph.named("f").id)}"]').text_content()
        == "0"
    )


def test_what_is_no_number_is_refused_in_a_sentence_and_changes_nothing(show: Callable[..., Any]) -> None:
    graph = seed()
    page = show(graph)
    page.get_by_label("a", exact=True).fill("two")
    assert page.locator("#refusal").inner_text() == "“two” is not a number. Type one such as 3, -0.5 or 1e-3."
    assert differences(page, run(graph)) == []
    page.get_by_label("a", exact=True).fill("5")
    page.get_by_role("button", name="Put the inputs back").click()
    assert page.locator("#refusal").inner_text() == ""
    assert differences(page, run(graph)) == []


def test_an_operation_that_is_added_is_computed_too(
    show: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    cube = Operation(
        "square", "Cube", "x³", "Functions", "Its own third power.", 1, 1,
        lambda inputs: inputs[0] * inputs[0] * inputs[0], lambda port, count: "3*x0**2",
        notation=OPERATIONS["square"].notation,
    )  # fmt: skip
    graph = parse("y = square(x) * 2", x=3)
    monkeypatch.setitem(OPERATIONS, "square", cube)  # type: ignore[index]
    rule_tree.cache_clear()
    page = show(graph)
    rule_tree.cache_clear()
    assert page.evaluate(READ)[0]["y"] == 54
    assert page.evaluate(READ)[1]["x"] == 54


def test_forward_mode_muted_nodes_and_what_an_earlier_pass_left_are_shown(show: Callable[..., Any]) -> None:
    graph = seed()
    ahead = run_forward_mode(graph, graph.named("a").id)
    page = show(exported(graph, ahead))
    assert differences(page, ahead) == []
    assert_told(page, ahead)
    graph.apply(set_muted(graph, [graph.output], True))
    again = run(graph, left={graph.named("a").id: 4.0})
    page = show(exported(graph, again))
    assert differences(page, again) == []
    assert_told(page, again)


def test_what_an_earlier_pass_left_need_be_no_finite_number(show: Callable[..., Any]) -> None:
    graph = parse("L = log(a) + b*exp(c) + d", a=0, b=0, c=1000, d=-1)
    left = {graph.named(name).id: run(graph).gradients[name] for name in "abcd"}
    assert not all(map(math.isfinite, left.values()))
    again = run(graph, left=left)
    page = show(exported(graph, again))
    assert differences(page, again) == []
    assert_told(page, again)


# --- what a reader does
def test_steps_go_to_the_end_and_back_by_buttons_keys_and_the_timeline(show: Callable[..., Any]) -> None:
    graph = seed()
    trace = run(graph)
    page = show(exported(graph, position=0))
    told = sentences(trace)
    assert page.locator("#sentence").inner_text().split() == told[0].split()
    for wanted in told[1:]:
        page.get_by_role("button", name="Step", exact=True).click()
        assert page.locator("#sentence").inner_text().split() == wanted.split()
    page.get_by_role("button", name="Step", exact=True).click(force=True)
    assert page.evaluate("nodegraph.step") == len(trace.steps)
    page.locator("body").press("ArrowLeft")
    assert page.evaluate("nodegraph.step") == len(trace.steps) - 1
    page.locator("body").press("Home")
    assert page.locator("#sentence").inner_text().split() == told[0].split()
    page.locator("#timeline").fill("4")
    assert page.evaluate("nodegraph.step") == 4
    page.locator("#timeline").press("ArrowRight")
    assert page.evaluate("nodegraph.step") == 5
    page.get_by_role("button", name="To the end").click()
    page.get_by_role("button", name="To the start").click()
    assert page.evaluate("nodegraph.step") == 0


def test_playing_goes_on_by_itself_from_the_start_and_can_be_paused(show: Callable[..., Any]) -> None:
    page = show(seed(), reduced="no-preference")
    page.get_by_role("button", name="Play").click()
    page.get_by_text("step 2 of").wait_for()
    page.get_by_role("button", name="Pause").click()
    assert page.get_by_role("button", name="Play").is_visible()


def test_keys_work_on_after_the_timeline_was_dragged(show: Callable[..., Any]) -> None:
    page = show(exported(seed(), position=0), reduced="no-preference")
    page.locator("#timeline").click()
    page.locator("#timeline").press("Space")
    assert page.get_by_role("button", name="Pause").is_visible()
    page.locator("#timeline").press("End")
    assert page.evaluate("nodegraph.step === nodegraph.steps")
    assert page.get_by_role("button", name="Play").is_visible()


@pytest.mark.parametrize(
    ("wanted", "step"), [("99", 11), ("-3", 0), ("NaN", 4), ("'x'", 4), ("'5'", 5), ("2.5", 2)]
)
def test_a_script_may_ask_for_any_step(show: Callable[..., Any], wanted: str, step: int) -> None:
    page = show(seed(), at="#step=4")
    assert page.evaluate(f"nodegraph.sentence({wanted})") == sentences(run(seed()))[step]
    page.evaluate(f"nodegraph.go({wanted})")
    assert page.evaluate("nodegraph.step") == step


def test_a_script_that_sets_what_is_no_input_or_no_number_is_told(show: Callable[..., Any]) -> None:
    page = show(seed())
    told = "try { nodegraph.set('w', 3) } catch (error) { error.message }"
    assert page.evaluate(told) == "There is no input w."
    for value, named in (
        ("'two'", "“two”"),
        ("NaN", "NaN"),
        ("1 / 0", "finite"),
        ("undefined", "“undefined”"),
    ):
        told = f"try {{ nodegraph.set('a', {value}); '' }} catch (error) {{ error.name + error.message }}"
        sentence = page.evaluate(told)
        assert sentence.startswith("RangeErrora: ")
        assert named in sentence
        assert page.locator("#refusal").inner_text() == sentence.removeprefix("RangeErrora: ")
    assert differences(page, run(seed())) == []


def test_the_address_says_at_which_step_a_page_begins(show: Callable[..., Any]) -> None:
    assert show(seed(), at="#step=3").evaluate("nodegraph.step") == 3
    assert show(seed(), at="?step=5").evaluate("nodegraph.step") == 5
    page = show(seed(), at="#step=999999999")
    assert page.evaluate("nodegraph.step === nodegraph.steps")


def test_a_chosen_card_shows_its_derivation_until_it_is_chosen_again(show: Callable[..., Any]) -> None:
    page = show(seed())
    card = page.locator(".card[role=button]").first
    card.click()
    assert page.locator("#derivation-title").inner_text().startswith("a · Input")
    assert card.get_attribute("aria-pressed") == "true"
    card.focus()
    card.press("Enter")
    assert page.locator("#derivation-title").inner_text() == "What reaches b through e"


def test_no_derivative_of_a_derivation_is_broken_at_its_stroke(show: Callable[..., Any]) -> None:
    page = show(
        parse("long_name = b*c; L = long_name*long_name + exp(long_name) + long_name/b", b=2.0, c=3.0)
    )
    page.locator(".card").nth(2).click()
    heights = """(all) => all.map((place) => place.getBoundingClientRect().height)"""
    terms = page.locator("#lines .line span").filter(has_text="/∂").evaluate_all(heights)
    assert len(terms) > 3
    assert len(set(terms)) == 1


def test_a_collapsed_group_stands_for_its_nodes(show: Callable[..., Any]) -> None:
    graph = seed()
    members = [graph.named(name).id for name in ("a", "b")]
    graph.apply(group(graph, members, "Weights"))
    graph.apply(set_collapsed(graph, [graph.groups()[0].id], True))
    page = show(graph)
    assert page.locator(".card").count() == len(graph.nodes()) - 2 + 1
    assert "Weights" in page.locator(".collapsed").text_content()
    page.evaluate("nodegraph.set('a', 7)")
    assert page.locator(".collapsed [data-value]").first.text_content() == "7"


def test_the_edge_that_a_backward_step_goes_along_glows_and_it_alone(show: Callable[..., Any]) -> None:
    graph = seed()
    trace = run(graph)
    page = show(exported(graph))
    for position in range(trace.forward_steps + 2, trace.step_count + 1):
        page.evaluate(f"nodegraph.go({position})")
        glows = "getComputedStyle(edge).filter != 'none'"
        edges = f"[...document.querySelectorAll('.edge')].filter((edge) => {glows})"
        found = f"{edges}.map((edge) => +edge.dataset.edge)"
        assert page.evaluate(found) == [trace.edge_number[key] for key in trace.frame(position).active_edges]
        assert page.locator(".edge.active").count() == 1


def test_the_title_of_an_open_group_stands_above_the_edges(show: Callable[..., Any]) -> None:
    graph = seed()
    graph.apply(group(graph, [graph.named(name).id for name in ("e", "d")], "Sum"))
    page = show(graph)
    above = "(a, b) => a.compareDocumentPosition(b) == Node.DOCUMENT_POSITION_FOLLOWING"
    edges, title = "document.querySelector('.edges')", "document.querySelector('.title')"
    assert page.evaluate(f"({above})({edges}, {title})")
    assert page.locator(".title").text_content() == "Sum"
    assert page.evaluate(f"parseFloat(getComputedStyle({title}).strokeWidth)") > 0


def test_a_collapsed_group_says_that_members_are_muted(show: Callable[..., Any]) -> None:
    graph = seed()
    members = [graph.named(name).id for name in ("e", "d")]
    graph.apply(group(graph, members, "Sum"))
    graph.apply(set_collapsed(graph, [graph.groups()[0].id], True))
    graph.apply(set_muted(graph, members[:1]))
    card = show(graph).locator(".collapsed.muted")
    assert "2 nodes, 1 muted" in card.text_content()


def test_names_are_text_and_nothing_else(show: Callable[..., Any]) -> None:
    graph = seed()
    bad = "</script><script>document.title='bad'</script>"
    for node_id, name in zip(
        [n.id for n in graph.nodes()][:4],
        (bad, "<img src=x onerror=alert(1)>", "\"&amp;'", "${1}`"),
        strict=True,
    ):
        graph.apply(rename(graph, node_id, name))
    page = show(graph, at="#step=1")
    assert page.title() != "bad"
    assert bad in page.locator("#sentence").inner_text()
    assert page.locator("img").count() == 0
    assert differences(page, run(graph)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_with_a_screen_reader_or_weak_sight_out(
    show: Callable[..., Any], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    page = show(seed(), at="#step=8", color_scheme=scheme)
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def test_colours_follow_the_readers_system(show: Callable[..., Any]) -> None:
    grounds = {
        scheme: show(seed(), color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert grounds == {"light": "rgb(247, 248, 250)", "dark": "rgb(20, 23, 28)"}


def test_a_phone_shows_cards_that_can_be_read_and_no_page_wider_than_its_screen(
    show: Callable[..., Any],
) -> None:
    page = show(seed(), viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".card").first.bounding_box()["width"] >= 80


def test_numbers_are_read_and_refused_as_in_the_window(show: Callable[..., Any]) -> None:
    texts = (
        "٣٫٥", " −1e-3 ", "-1/4", "1/0", "2½", "-¼", "50%", "2½%", "1_000", "1e999", "nan", "-inf", "", "3 4",
        "–4", "3–4", "0,05", "1,25/2", "1,000", "-1,234,567", "1.234,5", "0,500", "1,2,3", "a,b",
    )  # fmt: skip
    page = show(seed())
    field, refusal = page.get_by_label("a", exact=True), page.locator("#refusal")
    for text in texts:
        field.fill("7")
        field.fill(text)
        try:
            wanted, said = read_number(text), ""
        except Refused as error:
            wanted, said = 7.0, str(error)
        assert (page.evaluate(READ)[0]["a"], refusal.text_content()) == (wanted, said), text


def test_names_stand_in_sentences_and_derivations_as_on_the_cards(show: Callable[..., Any]) -> None:
    page = show(exported(parse("z_1 = w11*x_1; L = sigma*z_1", w11=2, x_1=3, sigma=4)))
    said = page.locator("#step-sentence").inner_html()
    assert "x<sub>1</sub>" in said or "w<sub>11</sub>" in said
    assert "z<sub>1</sub>" in page.locator("#lines").inner_html()
    label = page.locator("#fields label", has_text="x1")
    stem, index = label.locator("span").bounding_box(), label.locator("sub").bounding_box()
    assert (
        index["x"] + index["width"] <= stem["x"] + stem["width"] + 1
    )  # beside the stem, not in a line of its own
    assert index["y"] < stem["y"] + stem["height"]
    page = show(exported(parse("constructor = w_1*x_1; L = 2*constructor", w_1=2, x_1=3)))
    for selector in ("#step-sentence", "#lines"):  # every object of JavaScript has a constructor
        assert "constructor" in (page.locator(selector).text_content() or "")
        assert "undefined" not in (page.locator(selector).text_content() or "")
    plain = show(exported(parse("L = a*b", a=2, b=3)))
    assert "<sub>" not in plain.locator("#sentence").inner_html()
