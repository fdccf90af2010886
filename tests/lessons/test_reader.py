"""Lesson files: what they say, and that a broken one is refused with its line and the word that was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nodegraph import resources
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import DocumentError
from nodegraph.core.training import bindings
from nodegraph.lessons import pages, reader
from nodegraph.lessons.conditions import CONDITIONS
from nodegraph.lessons.directives import ADDITIONS, READERS
from nodegraph.lessons.records import (
    ActionName,
    Ask,
    EdgeName,
    Moment,
    NodeName,
    Open,
    Point,
    Step,
    Wait,
)

HEAD = "# Sums\n\nWhat a sum does.\n\n```nodegraph\nminutes: 3\n```\n\n## Look\n\nText.\n\n"
FIRST_LINE = 14
"""Where the first directive of `block` stands."""


def block(*lines: str) -> str:
    """A lesson whose only step has these directives."""
    return HEAD + "```nodegraph\n" + "\n".join(lines) + "\n```\n"


def step(*lines: str) -> Step:
    return reader.parse(block(*lines)).steps[0]


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        reader.parse(text, words=reader.Words({"pass.play", "graph.mute"}, {"timeline", "outline"}))
    return str(caught.value)


# --- what a lesson says
def test_a_lesson_has_a_title_a_summary_minutes_and_steps_with_text() -> None:
    lesson = reader.parse(HEAD + "```python\n## no heading\n```\n\n## Then\n\nMore.\n", "sums")
    assert (lesson.name, lesson.title, lesson.summary, lesson.minutes) == (
        "sums",
        "Sums",
        "What a sum does.",
        3,
    )
    assert [s.title for s in lesson.steps] == ["Look", "Then"]
    assert lesson.steps[0].text == "Text.\n\n```python\n## no heading\n```"


def test_directives_stand_in_blocks_that_are_no_part_of_the_text() -> None:
    read = step("open: seed-L", "# a remark", "point: e", "point: a -> e", "point: action pass.play")
    assert read.text == "Text."
    assert [p.target for p in read.each(Point)] == [
        NodeName("e"),
        EdgeName("a", "e"),
        ActionName("pass.play"),
    ]


def test_an_example_is_opened_by_its_name() -> None:
    (opened,) = step("open: seed-L").each(Open)
    assert opened.example == "seed-L"
    assert run(opened.graph).values["L"] == -20.0


def test_a_formula_is_opened_with_the_inputs_it_sets() -> None:
    (opened,) = step("graph: a = 2; e = a*b; b = -3; L = e + 1; c = 0.5; M = L*c").each(Open)
    trace = run(opened.graph)
    assert trace.values == {"a": 2.0, "b": -3.0, "c": 0.5, "e": -6.0, "L": -5.0, "M": -2.5} | {
        name: value for name, value in trace.values.items() if name.startswith("k")
    }


@pytest.mark.parametrize(
    ("text", "position"),
    [("start", 0), ("inputs", 1), ("forward", 4), ("backward", 11), ("end", 11), ("7", 7), ("after d", 3),
     ("after d -> L", 6), ("after a → e", 10)],
)  # fmt: skip
def test_a_moment_of_the_passes_is_a_place_of_the_cursor(text: str, position: int) -> None:
    read = step("open: seed-L", f"wait: frame {text}")
    (wait,) = read.each(Wait)
    assert wait.moment is not None
    assert wait.moment.position(run(next(read.each(Open)).graph)) == position


def test_what_is_waited_for_is_read_with_its_numbers_and_wording() -> None:
    waits = list(
        step(
            "open: seed-L", "wait: play", "task: Press Space.", "wait: step 3", "wait: end", "wait: select e",
            "wait: value a", "wait: value a >= 4", "wait: gradient a < 0", "wait: loss ≤ 0.01",
            "wait: disconnect a -> e port 1", "wait: undo", "wait: action graph.mute", "wait: add relu",
        ).each(Wait)
    )  # fmt: skip
    assert [w.kind for w in waits] == [
        "play", "step", "end", "select", "value", "value", "gradient", "loss", "disconnect", "undo",
        "action", "add",
    ]  # fmt: skip
    assert waits[0].task == "Press Space."
    assert waits[1].count == 3
    assert (waits[5].relation, waits[5].number) == (">=", 4.0)
    assert (waits[7].target, waits[7].relation, waits[7].number) == (None, "<=", 0.01)
    assert waits[8].target == EdgeName("a", "e", 0)


def test_a_question_has_a_prompt_hints_and_a_reason() -> None:
    (ask,) = step(
        "open: seed-L", "ask: gradient a", "prompt: How steep?", "hint: 5 arrives.", "why: 5 × 3."
    ).each(Ask)
    assert (ask.prompt, ask.hints, ask.why) == ("How steep?", ("5 arrives.",), "5 × 3.")
    (ask,) = step('ask: number 42 "What is 6 × 7?"').each(Ask)
    assert (ask.number, ask.prompt) == (42.0, "What is 6 × 7?")
    (ask,) = step("choose: Which?", "wrong: b | Too small.", "right: a").each(Ask)
    assert [(o.text, o.is_right, o.reason) for o in ask.options] == [
        ("b", False, "Too small."),
        ("a", True, ""),
    ]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("value e", 6.0), ("gradient a", 15.0), ("local a -> e", 3.0), ("contribution e -> d", 5.0),
     ('number 7 "Seven?"', 7.0)],
)  # fmt: skip
def test_what_is_asked_for_is_found_in_the_passes(asked: str, answer: float) -> None:
    read = step("open: seed-L", f"ask: {asked}")
    graph = next(read.each(Open)).graph
    assert reader.answer_in(run(graph), graph, next(read.each(Ask))) == answer


def test_what_is_open_and_set_at_a_step_does_not_depend_on_the_way_there() -> None:
    lesson = reader.parse(
        block("open: seed-L", "set: a = 4", "frame: forward")
        + "\n## B\n\nb\n\n```nodegraph\nset: b = 1, c = 2\n```\n\n## C\n\n```nodegraph\ngraph: y = x*x\n```\n"
    )
    scene = lesson.scene(1)
    assert scene.opened is not None
    assert (scene.opened.example, scene.values) == ("seed-L", {"a": 4.0, "b": 1.0, "c": 2.0})
    assert scene.moment == Moment("forward")
    assert lesson.scene(2).values == {}


# --- Markdown as people write it
@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Sums\nminutes: 3\n---\n\n# Sums\n\nWhat a sum does.\n\n## Look\n\nText.\n",
        "---\nlayout: page\ntitle: 'Sums'\nsummary: What a sum does.\nminutes: 3\n---\n\n## Look\n\nText.\n",
        '---\ntitle: "Sums"\nminutes: 3\ntags:\n  - a\n...\nWhat a sum does.\n\nLook\n----\n\nText.\n',
        "Sums\n====\n\nWhat a sum does.\n\n```nodegraph\nminutes: 3\n```\n\nLook\n---\n\nText.\n",
        "\n# Sums #\n\nWhat a\nsum does.\n\n~~~nodegraph\nminutes: 3\n~~~\n\n## Look ##\n\nText.\n",
    ],
)
def test_front_matter_and_underlined_headings_are_read(text: str) -> None:
    lesson = reader.parse(text)
    assert (lesson.title, lesson.summary, lesson.minutes) == ("Sums", "What a sum does.", 3)
    assert [(s.title, s.text) for s in lesson.steps] == [("Look", "Text.")]


def test_a_rule_a_list_and_a_quote_stay_text_and_may_hold_a_block() -> None:
    text = "One\n\n---\n\n- two\n  ```nodegraph\n  open: seed-L\n  ```\n\n> # three"
    (read,) = reader.parse("# T\n\n## S\n\n" + text).steps
    assert read.text == "One\n\n---\n\n- two\n\n> # three"
    assert [opened.example for opened in read.each(Open)] == ["seed-L"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("    a = 1\n    b = 2\n", "    a = 1\n    b = 2"),
        ("One\n```nodegraph\nopen: seed-L\n```\nTwo\n", "One\n\nTwo"),
        ("One\n\n```nodegraph\nopen: seed-L\n```\n\n\nTwo\n", "One\n\nTwo"),
        ("```\na\n\n\nb\n```\n", "```\na\n\n\nb\n```"),
    ],
)
def test_the_text_of_a_step_keeps_its_indent_and_its_paragraphs(body: str, text: str) -> None:
    (read,) = reader.parse("# T\n\n## S\n\n" + body).steps
    assert read.text == text


@pytest.mark.parametrize(
    "value",
    [">\n  What a sum\n\n  does.", "|-\n  What a sum\n  does.", "What a sum\n  does.", "'What a sum does.'"],
)
def test_front_matter_goes_on_on_indented_lines(value: str) -> None:
    lesson = reader.parse(
        f"---\ntitle: Sums\ndescription: {value}\ntags:\n  - a\nminutes: 3\n---\n\n## S\n\nText.\n"
    )
    assert (lesson.title, lesson.summary, lesson.minutes) == ("Sums", "What a sum does.", 3)


def test_comments_are_no_text_and_hold_no_steps() -> None:
    text = "<!-- lint\noff -->\n\n# T\n\n<!-- for the list -->\nAll.\n\n<!--\n## Draft\n\n"
    text += "```nodegraph\nopne: x\n```\n-->\n\n## S\n\nText.\n"
    lesson = reader.parse(text)
    assert lesson.summary == "All."
    assert [(step.title, step.line) for step in lesson.steps] == [("S", 17)]
    with pytest.raises(DocumentError, match="line 1: a lesson begins with its title"):
        reader.parse("<!-- never closed\n\n# T\n\n## S\n\nText.\n")


@pytest.mark.parametrize("piece", ["<!--", "<!--\n", "<!-- -->x\n"])
def test_many_comments_are_read_at_once(piece: str) -> None:
    count = min(9_000, 150_000 // len(piece))
    with pytest.raises(DocumentError):
        reader.parse(piece * count + "-->x")


def test_the_list_of_lessons_says_what_the_lessons_say() -> None:
    for entry in reader.shelf():
        lesson = reader.load(entry.path)
        assert (lesson.name, lesson.title, lesson.summary, lesson.minutes) == (
            entry.name,
            entry.title,
            entry.summary,
            entry.minutes,
        )


PNG = b"\x89PNG\r\n\x1a\n"


def with_picture(folder: Path, source: str) -> Step:
    path = folder / "lesson.md"
    path.write_text(f"# T\n\n## S\n\nLook:\n\n![a plot]({source})\n", "utf-8")
    return reader.load(path).steps[0]


@pytest.mark.parametrize("source", ["a.png", "sub/a.png", "./a.png", "with%20space.png", "<with space.png>"])
def test_a_picture_of_the_lessons_own_folder_is_found(tmp_path: Path, source: str) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.png", "sub/a.png", "with space.png"):
        (tmp_path / name).write_bytes(PNG)
    (path,) = with_picture(tmp_path, source).pictures.values()
    assert path.read_bytes() == PNG
    assert path.is_relative_to(tmp_path)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("../secret.png", "is not in the lesson's folder"),
        ("../gehört.png", "the picture “../gehört.png” is not in the lesson's folder"),
        ("sub\\\\a.png", "has a backslash; part folders with /"),
        ("my plot.png", "line 7: the name “my plot.png” has a space; write it in angle brackets"),
        ("sub/../../secret.png", "is not in the lesson's folder"),
        ("%2e%2e/secret.png", "is not in the lesson's folder"),
        ("..\\\\secret.png", "is not in the lesson's folder"),
        ("/etc/secret.png", "is not in the lesson's folder"),
        ("%2Fetc%2Fsecret.png", "is not in the lesson's folder"),
        ("~/secret.png", "is not in the lesson's folder"),
        ("link.png", "is not in the lesson's folder"),
        ("linked/secret.png", "is not in the lesson's folder"),
        ("https://example.org/a.png", "is elsewhere"),
        ("//example.org/a.png", "is elsewhere"),
        ("file:///etc/secret.png", "is elsewhere"),
        ("data:image/png;base64,AAAA", "is elsewhere"),
        ("qrc:/icons/a.png", "is elsewhere"),
        ("C:/a.png", "is elsewhere"),
        ("none.png", "cannot be read: There is no such file."),
        ("sub", "cannot be read"),
        ("text.png", "is no PNG, JPEG or GIF picture"),
        ("drawing.svg", "is no PNG, JPEG or GIF picture"),
        ("huge.png", "is too large"),
    ],
)
def test_a_picture_from_anywhere_else_is_refused_with_its_line(
    tmp_path: Path, source: str, sentence: str
) -> None:
    folder = tmp_path / "lessons"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "drawing.svg").write_bytes(b"<svg/>")
    (folder / "huge.png").write_bytes(PNG + b"0" * 4_000_000)
    with pytest.raises(DocumentError, match="line 7: ") as caught:
        with_picture(folder, source)
    assert sentence in str(caught.value)


# --- what is wrong with one
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("opne: seed-L", "“opne” is no directive; did you mean “open”?"),
        ("open: seed", "“seed” is no example; did you mean “seed-L”?"),
        ("open:", "“open:” needs something after the colon"),
        ("open seed-L", "expected “key: value”, such as “open: seed-L”; found “open seed-L”"),
        ("graph: L = (a*b", "column 12: a bracket is opened here"),
        ("graph: a = 2; L = a +* b", "column 22: "),
        ("graph: L = a*b; a = 1e999", "A value must be finite"),
        ("graph: L = a*b; q = 2", "There is no input q; the inputs are a, b."),
        ("set: a", "expected inputs and their values"),
        ("set: a = two", "“two” is not a number"),
        ("frame: forwards", "“forwards” is no moment of the passes; did you mean “forward”?"),
        ("frame: someday", "“someday” is no moment of the passes; write start, inputs, forward"),
        ("point: action pass.paly", "“pass.paly” is no action; did you mean “pass.play”?"),
        ("point: panel tmeline", "“tmeline” is no panel; did you mean “timeline”?"),
        ("point: a -> ", "expected an edge as “a -> e”"),
        ("point: a -> e port 0", "ports are counted from 1"),
        ("wait: conect a -> e", "“conect” is no thing to wait for; did you mean “connect”?"),
        ("wait: connect a", "expected an edge, such as “wait: connect a -> e”"),
        ("wait: add rleu", "“rleu” is no operation; did you mean “relu”?"),
        ("wait: action graph.mut", "“graph.mut” is no action; did you mean “graph.mute”?"),
        ("wait: gradient a", "expected a name and a comparison"),
        ("wait: loss", "expected a name and a comparison, such as “wait: loss < 0.01”"),
        ("wait: step x", "expected how many steps"),
        ("wait: play now", "“wait: play” takes nothing after it"),
        ("ask: gradiant a", "“gradiant” is no thing to ask for; did you mean “gradient”?"),
        ("ask: gradient a -> e", "expected a node, such as “ask: gradient a”"),
        ("ask: local a", "expected an edge, such as “ask: local a -> e”"),
        ("ask: number 4", "expected the number and a question"),
        ("choose: Which?", "a choice needs one “right:” answer"),
        ("right: a", "“right:” belongs to an “ask:” or “choose:” before it"),
        ("data: x = 1, 2", "“data:” belongs right behind the “open:” or “graph:”"),
        ("task: do it", "“task:” words what a “wait:” just before it waits for"),
        ("wait: play " + "x" * 600, "this line is too long"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number_and_what_may_be_meant(
    line: str, sentence: str
) -> None:
    said = refusal(block(line))
    assert said.startswith(f"line {FIRST_LINE}: ")
    assert sentence in said


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("point: g", "the open graph has no node “g”"),
        ("ask: value ee", "the open graph has no node “ee”; did you mean “e”?"),
        ("point: a -> d", "the open graph has no edge a → d; d takes e and c"),
        ("wait: frame 40", "the passes of this graph have no such step; they have 11"),
        ("frame: after a", "the passes of this graph have no such step"),
        ("set: e = 2", "the open graph has no input “e”"),
        ("wait: value e", "the open graph has no input “e”"),
        ("wait: connect a -> z", "the open graph has no node “z”"),
    ],
)
def test_a_name_that_the_open_graph_has_not_is_told(line: str, sentence: str) -> None:
    assert refusal(block("open: seed-L", line)).startswith(f"line {FIRST_LINE + 1}: {sentence}")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("fixed: f, e", "the graph has no input “e”"),
        ("data: a 1, 2", "expected columns and their numbers"),
        ("data: z = 1, 2", "the graph has no input “z”"),
        ("data: a = 1, two", "“two” is not a number"),
        ("data: a = 1, 2; b = 1", "line 15: "),
        ("train: rtae = 0.1", "“rtae” is no setting of a training; did you mean “rate”?"),
        ("train: rate = 0", "A learning rate of 0 would change nothing"),
        ("train: optimizer = sdg", "There is no optimiser “sdg”"),
        ("train: steps = many", "“many” is not a number"),
    ],
)
def test_what_cannot_be_trained_so_is_told(line: str, sentence: str) -> None:
    said = refusal(block("open: seed-L", line))
    assert said.startswith(f"line {FIRST_LINE + 1}: ")
    assert sentence in said


def test_a_graph_may_bring_data_fixed_inputs_and_a_training() -> None:
    (opened,) = step(
        "graph: L = (w*x - t)**2", "fixed: x, t", "data: x = 1, 2; t = 3, 5", "train: rate = 0.05; steps = 7"
    ).each(Open)
    nodes = {node.name: node for node in opened.graph.nodes()}
    assert [nodes[name].trainable for name in "wxt"] == [True, False, False]
    assert (nodes["x"].column, nodes["w"].column) == ("x", None)
    assert bindings.setup_of(opened.graph).steps == 7
    assert bindings.setup_of(opened.graph).settings == {"rate": 0.05}


def test_an_edge_the_person_was_asked_to_draw_may_be_pointed_at() -> None:
    assert step("open: seed-L", "wait: connect a -> d", "point: a -> d")


def test_after_the_person_adds_nodes_any_name_may_be_there() -> None:
    assert step("open: seed-L", "wait: add relu", "point: r")


def test_a_constant_has_no_gradient_to_ask_for() -> None:
    said = refusal(block("graph: L = two*a; two = 2; M = 3*L", "ask: contribution nothing -> M"))
    assert "has no node “nothing”" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: a lesson begins with its title"),
        ("Hello\n# Title", "line 1: a lesson begins with its title"),
        ("## Step\n\ntext", "line 1: a lesson begins with its title"),
        ("# Title\n\nNothing more.", "line 1: this lesson is empty; a step begins with “## Title”"),
        ("#\n## Step\n\ntext", "line 1: this lesson has no title"),
        ("# T\n\n##\n\ntext", "line 3: this step has no title"),
        ("# T\n\n## S\n\n## R\n\ntext", "line 3: the step “S” is empty"),
        ("# T\n\n## S\n\ntext\n\n# U\n", "line 7: a lesson has one title"),
        ("# T\n\n## S\n\n```nodegraph\nopen: seed-L\n", "line 5: this block is not closed"),
        ("# T\n\n## S\n\n```nodegarph\nopen: seed-L\n```", "line 5: “nodegarph” marks no block"),
        ("# T\n\n## S\n\n![x](y.png)", "line 5: the picture “y.png” has no folder"),
        ("---\ntitle: T\n\n# T\n\n## S\n\ntext", "line 1: these lines before the lesson are not closed"),
        ("---\nminutes: soon\n---\n# T\n\n## S\n\ntext", "line 2: expected minutes"),
        ("T\n=\n\nS\n---\n\n- a\n\n  ```nodegraph\n  point a\n  ```\n", "line 10: expected “key: value”"),
        ("# T\n\n## S\n\na\x07b", "line 5: there is a control character here"),
        (
            "# T\n\n```nodegraph\nopen: seed-L\n```\n## S\n\ntext",
            "line 4: “open” says nothing about a lesson",
        ),
        ("# T\n\n```nodegraph\nminutes: soon\n```\n## S\n\ntext", "line 4: expected minutes"),
        ("# T\n" + "## S\n\ntext\n" * 101, "line 302: a lesson has at most 100 steps"),
        ("# T\n\n## S\n\n" + "x" * 5000, "line 3: this step's text has 5,000 characters; at most 4,000 fit"),
        ("# T\n\n## S\n\n" + "![" * 1000, "line 3: this step's text has more than 200 square brackets"),
        ("# T\n" + "## S\n" * 20_000, "line 10001: a lesson has at most 10,000 lines"),
        ("# T\n\n## " + "x" * 200 + "\n\ntext", "line 3: a title has at most 100 characters"),
        ("# T\n\n## S\n\n```nodegraph\n" + "point: a\n" * 31 + "```", "line 36: a step has at most 30"),
    ],
)
def test_a_text_that_is_no_lesson_is_refused_with_the_line(text: str, sentence: str) -> None:
    assert refusal(text).startswith(sentence)


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lesson.md"
    path.write_bytes(b"# T\n\n## S\n\n\xff")
    with pytest.raises(DocumentError, match="line 5: this is not UTF-8"):
        reader.load(path)
    path.write_bytes(b"# T\n" + b"x" * 300_000)
    with pytest.raises(DocumentError, match="too large for a lesson"):
        reader.load(path)
    with pytest.raises(DocumentError, match="no such file"):
        reader.load(tmp_path / "none.md")


# --- how to write one
def test_the_guide_names_every_directive_and_everything_to_wait_and_ask_for() -> None:
    guide = resources.path("lessons", "README.md").read_text(encoding="utf-8")
    for key in (*READERS, *ADDITIONS):
        assert f"`{key}:" in guide, key
    for kind in CONDITIONS:
        assert f"`wait: {kind}" in guide, kind


@pytest.mark.parametrize(
    "text",
    [
        "> " * 30 + "deep\n\nafter",
        "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(30)),
        "> " * 15 + "- " * 15 + "both",
        "> " * 25 + "one\n" + "> " * 25 + "two",
        ">" * 500 + " far",
    ],
)
def test_no_text_is_lost_however_deep_it_lies(text: str) -> None:
    (lesson,) = pages.pages(f"# Title\n\n{text}")
    told = " ".join(token.content for token in pages.markdown().parse(lesson.text))
    assert set(re.findall(r"\w+", text)) == set(re.findall(r"\w+", told))


def test_what_is_not_seen_in_the_file_of_a_lesson_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / "turned.md"
    path.write_text(
        "# Sums\u202e\r\nLook.\n\n## One\u2066\n\nA \u200bline\u00a0of\ttext.\n", encoding="utf-8"
    )
    lesson = reader.load(path)
    assert lesson.title == r"Sums\u202e"
    assert lesson.steps[0].title == r"One\u2066"
    assert not [sign for sign in str(lesson) if sign in "\u202e\u2066\u200b"]


@pytest.mark.parametrize("path", [entry.path for entry in reader.shelf()], ids=lambda path: path.stem)
def test_what_the_shipped_lessons_ask_to_click_can_be_done_by_keys_as_they_say(path: Path) -> None:
    asked = [line for line in path.read_text("utf-8").splitlines() if re.search(r"\b[Cc]lick\b", line)]
    assert [line for line in asked if not re.search(r"press Enter|arrow keys|Shift\+G", line)] == []
