"""Graphs as text for other programs: TikZ, Graphviz and Mermaid, with any name there may be."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

import nodegraph
from nodegraph.canvas.drawing.edge_kinds import style_of
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.exporters import exporter_of
from nodegraph.canvas.picture import PictureOptions
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.explain.derivation_sheet import write_sheet
from nodegraph.core.graph import grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import files, native
from nodegraph.formats.foreign.dot import network_of

pytestmark = pytest.mark.usefixtures("qapp")

ODD = [
    'a"b',
    "x<y>",
    "1. w",
    "end",
    "`q`",
    "#35;",
    "w_{1}",
    "a|b",
    "back\\",
    "\\n",
    "&lt;",
    "$x$",
    "%% c",
    "β",
]


def written(graph: Graph, suffix: str, position: int | None = None, **options: object) -> str:
    trace = run(graph)
    frame = trace.last_frame if position is None else trace.frame(position)
    return exporter_of("x" + suffix).write(graph, frame, PictureOptions(**options)).decode()


@pytest.fixture
def odd() -> Graph:
    """A sum of inputs with names that other formats read as theirs, some of them in groups."""
    nodes = [{"id": f"i{k}", "name": name, "op": "input", "value": k + 0.5} for k, name in enumerate(ODD)]
    groups = [
        {"id": "g", "title": 'The "first" <b>', "nodes": ["i0", "i1"]},
        {"id": "h", "title": "Closed", "nodes": ["i2", "i3"], "collapsed": True},
    ]
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"format": "nodegraph", "version": 1, "groups": groups},
        "nodes": [*nodes, {"id": "S", "op": "add"}],
        "edges": [{"source": f"i{k}", "target": "S", "key": k} for k in range(len(ODD))],
    }
    return native.read(json.dumps(document).encode())


def test_dot_says_what_the_picture_says(graph: Graph) -> None:
    lines = [line.strip() for line in written(graph, ".dot").splitlines()]
    assert '"e" [label="e  ×\\n6\\n∂L/∂e = +5"];' in lines
    assert '"L" [label="L  ×\\n−20\\n∂L/∂L = +1", peripheries=2];' in lines
    assert '"a" -> "e" [label="5 × 3 = +15", color="#B0510A", fontcolor="#B0510A"];' in lines
    assert sum(" -> " in line for line in lines) == 6


def test_mermaid_says_what_the_picture_says(graph: Graph) -> None:
    lines = [line.strip() for line in written(graph, ".mmd").splitlines()]
    assert lines[1] == "flowchart LR"
    assert 'n2("e  ×<br/>6<br/>∂L/∂e = +5")' in lines
    assert 'n0 -->|"5 × 3 = +15"| n2' in lines
    assert "linkStyle 5 stroke:#5E308C,color:#5E308C" in lines


def test_the_step_and_the_wording_decide_what_is_said(graph: Graph) -> None:
    assert "∂L/∂a" not in written(graph, ".dot", 1)
    assert "label=" not in written(graph, ".dot", wording=Wording("none")).split(" -> ", 1)[1]
    assert '"+15"' in written(graph, ".mmd", wording=Wording("contribution"))
    assert '"b"' not in written(graph, ".dot", nodes=frozenset({"a", "e"}))


def test_the_kind_of_edges_is_said_in_the_words_of_each_format(graph: Graph) -> None:
    plain = style_of("straight", arrowheads=False)
    assert "splines=line" in written(graph, ".dot", edges=plain)
    assert "arrowhead=none" in written(graph, ".dot", edges=plain)
    assert "arrowhead=normal" in written(graph, ".dot")
    assert '"curve": "linear"' in written(graph, ".mmd", edges=plain)
    assert "n0 ---|" in written(graph, ".mmd", edges=plain)
    angled = {"edges": style_of("right-angled", arrowheads=True)}
    assert "splines=ortho" in written(graph, ".dot", wording=Wording("none"), **angled)
    assert "splines=polyline" in written(graph, ".dot", **angled)  # or labels would lie far from their edges


@pytest.mark.parametrize("suffix", [".tex", ".dot", ".mmd"])
def test_nothing_is_refused_in_a_sentence(suffix: str) -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        written(Graph(), suffix)


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz's dot is not installed")
def test_graphviz_reads_every_name_as_it_is(odd: Graph) -> None:
    text = written(odd, ".dot")
    plain = subprocess.run(["dot", "-Tplain"], input=text.encode(), capture_output=True, check=True)
    nodes = [line for line in plain.stdout.decode().splitlines() if line.startswith("node ")]
    assert len(nodes) == len(ODD) - 2 + 1 + 1
    assert not plain.stderr
    for name in set(ODD) - {"1. w", "end", "%% c"}:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        assert any(line.startswith((f'node "{quoted}" ', f"node {name} ")) for line in nodes), name


def test_mermaid_has_no_sign_of_its_own_in_a_text(odd: Graph) -> None:
    for text in re.findall(r'"([^"]*)"', written(odd, ".mmd")):
        bare = re.sub(r"#\d+;|<br/>", "", text)
        assert not re.search(r"""[#"&<>`*_~\\\[\]{}|$;]""", bare), text
    assert 'subgraph g0["The #34;first#34; #60;b#62;"]' in written(odd, ".mmd")


def test_the_picture_in_latex_opens_again_as_the_graph(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "figure.tex"
    path.write_text(written(graph, ".tex"), encoding="utf-8")
    assert files.load(path) == graph
    picture = path.read_text(encoding="utf-8").split("\\begin{document}")[1].split("\\end{document}")[0]
    path.write_text("\\section{In a paper}\r\n" + picture.replace("\n", "\r\n  "), encoding="utf-8")
    assert files.load(path) == graph


def test_a_name_in_latex_is_typeset_where_the_canvas_has_it_so() -> None:
    graph = parse("L = x1*x_1 + y1", x1=2, x_1=3, y1=4)
    for name in (r"$\mathrm{x1}$", r"$\mathrm{x\_1}$", "$y_{1}$", r"$\partial$$L$$/\partial$$\mathrm{x\_1}$"):
        assert f"{{{name}}};" in written(graph, ".tex")
    assert r"{$\mathrm{y1}$};" in written(graph, ".tex", wording=Wording(typeset=False))


def test_a_paper_with_two_graphs_does_not_say_which(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "paper.tex"
    path.write_text(written(graph, ".tex") + written(parse("y = x + 1"), ".tex"), encoding="utf-8")
    with pytest.raises(DocumentError, match="more than one nodegraph document"):
        files.load(path)


def test_a_spoilt_document_in_latex_is_refused(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "figure.tex"
    path.write_text(re.sub("%nodegraph ....", "%nodegraph AAAA", written(graph, ".tex")), encoding="utf-8")
    with pytest.raises(DocumentError, match="This LaTeX file is damaged"):
        files.load(path)


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_latex_sets_every_name(odd: Graph, engine: str, tmp_path: Path) -> None:
    if not shutil.which(engine) or not _knows("tikz.sty"):
        pytest.skip(f"{engine} with TikZ is not installed")
    (tmp_path / "odd.tex").write_text(written(odd, ".tex", theme="dark"), encoding="utf-8")
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "odd.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    errors = [line for line in done.stdout.decode(errors="replace").splitlines() if line.startswith("!")]
    assert errors == []
    assert (tmp_path / "odd.pdf").exists()


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
@pytest.mark.parametrize(
    ("kind", "engine"), [("picture", "pdflatex"), ("picture", "lualatex"), ("sheet", "pdflatex")]
)
def test_latex_sets_letters_of_every_script_or_their_numbers(kind: str, engine: str, tmp_path: Path) -> None:
    if not shutil.which(engine) or not _knows("tikz.sty"):
        pytest.skip(f"{engine} with TikZ is not installed")
    graph = parse("größe = אב * سلم + вес / é; L = größe + 数 + Δxy")
    told = written(graph, ".tex") if kind == "picture" else write_sheet(graph, run(graph), "latex")
    (tmp_path / "other.tex").write_text(told, encoding="utf-8")
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "other.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    lines = done.stdout.decode(errors="replace").splitlines()
    assert [line for line in lines if line.startswith("!") or "invalid in math mode" in line] == []
    assert "Missing character" not in (tmp_path / "other.log").read_text(encoding="utf-8", errors="replace")


def test_latin_letters_need_no_definition_in_latex(graph: Graph) -> None:
    assert "otherletters" not in written(graph, ".tex")
    assert r"\otherletters{Ж}{U+0416}{0416}" in written(parse("Ж = x + 1"), ".tex")


def _knows(package: str) -> bool:
    return subprocess.run(["kpsewhich", package], capture_output=True, check=False).returncode == 0


def test_half_a_latex_file_of_ours_is_known_as_one(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "figure.tex"
    path.write_text(written(graph, ".tex")[:1500], encoding="utf-8")
    with pytest.raises(DocumentError, match="part of it is missing"):
        files.load(path)


HOMEWORK = """# Homework 3

Find **∂L/∂a** of `L = a*b`, 50% & _more_; see [page 2](http://x.y).

1. one

```
x  y
```
"""


def noted(graph: Graph, text: str, place: tuple[float, float] = (0, 400)) -> Graph:
    graph.apply(add_note(graph, text, *place, 300, 240))
    return graph


def test_tikz_holds_the_notes_beneath_the_edges_as_they_are_read(graph: Graph) -> None:
    told = written(noted(graph, HOMEWORK), ".tex")
    picture = told[: told.index("%nodegraph ")]
    for words in (
        r"{\textbf{Homework 3}}",
        r"Find \textbf{$\partial$L/$\partial$a} of \texttt{L\ =\ a*b}, 50\% \&",
        r"\textit{more}",
        "page 2}",
        "{1.}",
        r"{\texttt{x\ \ y}}",
    ):
        assert words in picture, words
    assert "http" not in picture
    assert picture.index("Homework") < picture.index(".. controls")
    bottom = float(re.search(r"boundingbox \(.*?\) rectangle \(.*?,(.*?)\)", picture)[1])
    assert bottom >= 640
    assert "Homework" not in written(graph, ".tex", nodes=frozenset({"a", "e"})).split("%nodegraph ")[0]


def test_a_line_of_a_note_begins_where_the_canvas_has_it(graph: Graph) -> None:
    def baselines(text: str, **options: object) -> list[tuple[float, float]]:
        lines = written(noted(graph.copy(), text), ".tex", **options).splitlines()
        nodes = [line for line in lines if "anchor=base west" in line]
        return [tuple(map(float, re.search(r"at \((.*?),(.*?)\)", line).groups())) for line in nodes]

    (first, second) = baselines("word " * 12)
    assert first[0] == second[0] == 12
    assert 400 < first[1] < second[1] < 450
    ((across, down),) = baselines("word", text_scale=2.0)
    assert across == 24
    assert down == pytest.approx(400 + 2 * (first[1] - 400))
    assert len(baselines("word\n\n" * 60)) < 20


def test_an_emoji_in_a_note_moves_no_typeface_and_loses_no_letter(graph: Graph) -> None:
    picture = written(noted(graph, "😀😀 **bold words** then 𝑥 *more*"), ".tex").split("%nodegraph ")[0]
    assert r"\textbf{bold words}" in picture
    assert r"\textit{more}" in picture


def test_a_muted_operation_is_marked_in_every_picture_of_words() -> None:
    graph = parse("e = muted(exp(a)); L = e*b")
    assert 'label="e  muted  eˣ' in written(graph, ".dot")
    assert written(graph, ".dot").count("dashed") == 1
    mermaid = written(graph, ".mmd")
    assert "e  muted  eˣ" in mermaid
    assert re.search(r"^  class n\d muted$", mermaid, re.MULTILINE)
    assert "classDef muted stroke-dasharray" in mermaid
    assert "muted" not in written(parse("e = exp(a); L = e*b"), ".mmd")
    drawn = re.sub("^%.*", "", written(graph, ".tex"), flags=re.MULTILINE)
    assert drawn.count("muted}") == 1
    assert drawn.count("dash pattern") == 2  # its rim, and the way of its first input to its output
    compact = written(graph, ".tex", notation="compact")
    assert "dash pattern" in compact


def test_graphviz_and_mermaid_say_that_they_leave_notes_out(graph: Graph) -> None:
    assert not exporter_of("x.dot").left_out(graph)
    graph = noted(noted(graph, "one"), "two", (400, 400))
    assert exporter_of("x.dot").left_out(graph) == "Graphviz DOT leaves out the 2 notes on the canvas"
    assert exporter_of("x.mmd").left_out(graph) == "Mermaid leaves out the 2 notes on the canvas"
    assert not exporter_of("x.mmd").left_out(graph, {"a"})
    assert not exporter_of("x.tex").left_out(graph)


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
def test_latex_sets_every_sign_of_a_note(graph: Graph, tmp_path: Path) -> None:
    if not _knows("tikz.sty"):
        pytest.skip("TikZ is not installed")
    text = HOMEWORK + "\n\n" + " ".join(ODD) + "\n\n- Ж 数 \\ {y} ^ ~ #1 % comment $x_1$ 😀"
    (tmp_path / "note.tex").write_text(written(noted(graph, text), ".tex"), encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "note.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    lines = done.stdout.decode(errors="replace").splitlines()
    assert [line for line in lines if line.startswith("!") or "invalid in math mode" in line] == []
    assert (tmp_path / "note.pdf").exists()


SIGNS = (
    "≤≥≠≡≅≃∝≪≫ ∈∉∋∅⊂⊃⊆⊇∪∩∖ ∀∃∄∧∨¬⊥∥∠∴ ∑∏∫∇√∛ ±∓÷·⋅∘⊙⊗⊕ ←↑↓↔↦⇒⇐⇔⟶⟹⟨⟩⌊⌋⌈⌉ ′″‴⋯⋮… −–—‑ °²³¹½¼¾⅓⅔⅛ ℓℏℒℝℕℤ𝔼 "
    "αβγδεζηθικλμνξοπρςστυφχψω ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ ϵϑϕµ ₀₁₂₉ᵢⱼₖ⁺⁻ⁱⁿᵀ ✓★■●○▲►‣◦ \u2009\u202f\u200b"
)
"""What people type in notes on mathematics."""


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
def test_latex_sets_the_signs_of_mathematics_in_a_note_and_not_their_numbers(
    graph: Graph, tmp_path: Path
) -> None:
    if not _knows("tikz.sty"):
        pytest.skip("TikZ is not installed")
    told = written(noted(graph, f"{SIGNS}\n\n**{SIGNS}**"), ".tex")
    assert "otherletters" not in told
    (tmp_path / "signs.tex").write_text(told, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "signs.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    lines = done.stdout.decode(errors="replace").splitlines()
    assert [line for line in lines if line.startswith("!") or "invalid in math mode" in line] == []
    assert "Missing character" not in (tmp_path / "signs.log").read_text(encoding="utf-8", errors="replace")


def test_a_dot_file_of_ours_says_where_its_graph_is(tmp_path: Path) -> None:
    path = tmp_path / "seed.dot"
    nodegraph.export(nodegraph.parse("L = (a*b + c)*f"), path)
    with pytest.raises(DocumentError, match=r"DOT file that nodegraph drew.*open a \.nodegraph document"):
        nodegraph.load(path)
    with pytest.raises(DocumentError, match=r"a picture that nodegraph drew; open the \.nodegraph document"):
        network_of(path.read_bytes())
    with pytest.raises(TextError, match="line 1, column 1: this is a picture that nodegraph drew"):
        nodegraph.parse(path.read_text(encoding="utf-8"))
    with pytest.raises(TextError, match="this is DOT, which is read from a file"):
        nodegraph.parse("digraph { a -> b }")


def test_notes_that_a_format_leaves_out_are_warned_of(tmp_path: Path) -> None:
    graph = nodegraph.parse("L = a*b")
    graph.apply(add_note(graph, "why", 0, 200))
    with pytest.warns(UserWarning, match="Graphviz DOT leaves out the note on the canvas"):
        nodegraph.export(graph, tmp_path / "a.dot")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nodegraph.export(graph, tmp_path / "a.svg")


def test_tikz_says_of_a_collapsed_group_and_of_the_step_what_the_canvas_does() -> None:
    graph = parse("a = 2; e = a*(-3); d = e + 10; L = d*f")
    graph.apply(grouping.group(graph, [graph.named("e").id, graph.named("d").id], "Both"))
    graph.apply(grouping.set_collapsed(graph, [group.id for group in graph.groups()], True))
    frame, tikz = run(graph).last_frame, exporter_of("x.tex").write
    written = tikz(graph, frame, PictureOptions()).decode()
    for said in ("{Both}", "{2 nodes}", "{4}", r"{$\partial$$L$$/\partial$$d$}"):
        assert f"{said};" in written
    assert "fill opacity" in written
    assert "fill opacity" not in tikz(graph, frame, PictureOptions(highlight=False)).decode()


def test_a_collapsed_group_says_that_members_are_muted() -> None:
    graph = parse("a = 2; e = a*(-3); d = muted(e + 10); L = d*f")
    graph.apply(grouping.group(graph, [graph.named("e").id, graph.named("d").id], "Both"))
    graph.apply(grouping.set_collapsed(graph, [group.id for group in graph.groups()], True))
    assert "{2 nodes, 1 muted};" in written(graph, ".tex")
    rims = [line for line in written(graph, ".tex").splitlines() if "draw[card" in line and "dash" in line]
    assert len(rims) == 1
    (box,) = [line for line in written(graph, ".dot").splitlines() if '"group Both" [' in line]
    assert 'label="Both\\n2 nodes, 1 muted\\n' in box
    assert 'style="rounded,filled,bold,dashed"' in box
    assert "Both<br/>2 nodes, 1 muted" in written(graph, ".mmd")
    assert " muted\n" in written(graph, ".mmd").partition("\n  class ")[2]


def test_tikz_shortens_names_that_would_run_under_the_numbers_of_their_card() -> None:
    """∂L/∂name ran on under its number and out of its card."""
    long = "squared_deviation_from_the_contract"
    text = written(parse(f"{long} = (predicted_rent_of_the_flat - b)**2", b=3), ".tex")
    cards = text.partition(r"\useasboundingbox")[2].replace(r"\_", "_")
    assert long not in cards
    assert r"\ldots" in cards
    assert r"\ldots" not in written(parse("L = (a - b)**2", b=3), ".tex").partition(r"\useasboundingbox")[2]


def test_tikz_in_compact_notation_marks_the_step_as_the_canvas_does(graph: Graph) -> None:
    compact = {"notation": "compact"}
    rings = [line for line in written(graph, ".tex", 2, **compact).splitlines() if "fill opacity" in line]
    assert len(rings) == 1
    assert "fill opacity" not in written(graph, ".tex", 2, highlight=False, **compact)


def test_tikz_has_a_band_beneath_the_edge_of_a_backward_step_as_the_canvas(graph: Graph) -> None:
    last = run(graph).step_count
    bands = [
        line for line in written(graph, ".tex", last).splitlines() if "bp" in line and "opacity=0.3]" in line
    ]
    assert len(bands) == 1
    assert "opacity=0.3]" not in written(graph, ".tex", last, highlight=False)
    assert "opacity=0.3]" not in written(graph, ".tex", 2)


def test_tikz_writes_titles_of_groups_above_edges_on_the_ground_of_their_box() -> None:
    graph = parse("e = a*b; L = e + c", a=2, b=3, c=4)
    graph.apply(grouping.group(graph, [graph.named("e").id], "Product"))
    text = written(graph, ".tex")
    assert text.rindex(".. controls") < text.index("{Product}")
    (ground,) = re.findall(r"fill=(\{.*?\}), inner sep=2bp.*\{Product\};", text)
    assert f"fill={ground}, draw=" in text
