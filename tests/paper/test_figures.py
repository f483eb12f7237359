"""Figures: found by file, drawn from what they declare, redrawn exactly when an input changes, readable without colour."""

import ast
import colorsys
import json
from dataclasses import replace
from pathlib import Path

import pytest

import paper.figures
from overproof.main import main
from paper import gallery
from paper.figure import Figure, Given
from paper.gallery import Drawn, draw_one, figures, given, render
from paper.style import SERIES, VERDICTS
from theorems.errors import UnknownLabel
from theorems.verdict import NAMES

FILES = sorted(Path(paper.figures.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("name", sorted(figures()))
def test_every_figure_is_drawn_whole(name, records, planted_reports, tmp_path, recwarn):
    assert draw_one(name, figures()[name], tmp_path, records, lambda: planted_reports) == Drawn(name, "drawn")
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert b"</svg>" in (tmp_path / f"{name}.svg").read_bytes()[-20:]
    assert [str(w.message) for w in recwarn if issubclass(w.category, (UserWarning, RuntimeWarning))] == []


def test_every_figure_has_words_and_claims():
    for name, figure in figures().items():
        assert figure.title and len(figure.caption.split()) > 12 and figure.labels, name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_figure_opens_a_file(path):
    """No input or output in a figure's code: what it draws comes from what it is given."""
    tree = ast.parse(path.read_text())
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not named & {"open", "Path", "read_text", "read_bytes", "savefig", "load", "loadtxt", "genfromtxt"}
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules <= {"numpy", "sympy"}


@pytest.fixture
def stages(records):
    return figures()["stages"], [r for r in records if r.experiment == "stages"]


def test_unchanged_inputs_are_not_redrawn_and_changed_ones_are(stages, tmp_path):
    figure, records = stages
    states = lambda chosen: draw_one("stages", figure, tmp_path, chosen, dict).state  # noqa: E731
    assert states(records) == "drawn"
    first = (tmp_path / "stages.svg").stat().st_mtime_ns
    assert states(records) == "kept"
    assert (tmp_path / "stages.svg").stat().st_mtime_ns == first
    changed = [replace(records[0], seeds=(*records[0].seeds, 99)).sealed(), *records[1:]]
    assert states(changed) == "drawn"
    assert states(changed) == "kept"


def test_a_touched_file_or_new_code_is_drawn_again(stages, tmp_path, monkeypatch):
    figure, records = stages
    draw_one("stages", figure, tmp_path, records, dict)
    (tmp_path / "stages.svg").write_text("someone else's")
    assert draw_one("stages", figure, tmp_path, records, dict).state == "drawn"
    monkeypatch.setattr(gallery, "source", lambda name: "other code")
    assert draw_one("stages", figure, tmp_path, records, dict).state == "drawn"


def test_the_sidecar_names_its_inputs(stages, tmp_path):
    figure, records = stages
    draw_one("stages", figure, tmp_path, records, dict)
    sidecar = json.loads((tmp_path / "stages.json").read_text())
    assert sidecar["inputs"]["records"] == {f"stages/{r.config['profile']}/{r.config['shard']['name']}": r.sha256 for r in records}
    assert set(sidecar["files"]) == {"pdf", "svg"}


def test_drawing_twice_gives_the_same_bytes(stages):
    figure, records = stages
    inputs = given(figure, records, dict)
    assert render(figure, inputs) == render(figure, inputs)


def test_a_figure_without_records_is_left_out_with_the_mend(stages, tmp_path):
    drawn = draw_one("stages", stages[0], tmp_path, [], dict)
    assert (drawn.state, "overproof train stages" in drawn.reason) == ("skipped", True)


def test_an_unknown_name_is_named():
    figure = Figure("none", "none", (), lambda given: None, operators=("no_such_operator",))
    with pytest.raises(UnknownLabel, match="no_such_operator"):
        given(figure, [], dict)


def test_a_figure_gets_nothing_that_it_does_not_declare(records):
    with pytest.raises(KeyError):
        given(figures()["stages"], records, dict).operators["power"]


def lightness(colour):
    red, green, blue = (int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_series_differ_without_colour():
    """Every dash and marker is used once, and the first three differ in lightness as a grey copy shows it."""
    assert len({str(s.dash) for s in SERIES}) == len({s.marker for s in SERIES}) == len({s.colour for s in SERIES}) == len(SERIES)
    shades = [lightness(s.colour) ** (1 / 2.2) for s in SERIES[:3]]
    assert min(abs(a - b) for k, a in enumerate(shades) for b in shades[:k]) > 0.05
    assert all(colorsys.rgb_to_hls(*(int(s.colour[k:k + 2], 16) / 255 for k in (1, 3, 5)))[1] < 0.72 for s in SERIES)


def test_every_verdict_has_a_letter():
    assert set(VERDICTS) == set(NAMES.values())
    assert len({letter for _, letter in VERDICTS.values()}) == len(VERDICTS)


def test_the_command(tmp_path, capsys):
    assert main(["figures", "simplex_paths", "--out", str(tmp_path)]) == 0
    assert "1 figure in" in capsys.readouterr().out
    assert main(["figures", "simplex_paths", "--out", str(tmp_path)]) == 0
    assert "1 of them unchanged" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words"), [(["nonsense"], "no figure nonsense"), (["--records", "/no/such"], "no folder")])
def test_misuse_is_one_line(arguments, words, capsys):
    assert main(["figures", *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1


def test_given_digests_change_with_a_formula():
    assert Given(formula_texts={"a": "x"}).digests() != Given(formula_texts={"a": "y"}).digests()


def test_more_runs_of_a_programme_add_points_and_no_words(records):
    """Of a full profile every task has several runs: one legend, one column a task, both routes timed."""
    once = [r for r in records if r.experiment == "dynamic_programmes"]
    thrice = [replace(r, config={**r.config, "profile": "full"}) for r in once for _ in range(3)]
    words, marks = [], []
    for chosen in (once, thrice):
        drawing = figures()["dynamic_cost"].draw(given(figures()["dynamic_cost"], chosen, dict))
        count, time, answers = drawing.axes
        words.append((
            [text.get_text() for text in drawing.legends[0].get_texts()], [text.get_text() for text in answers.get_legend().get_texts()],
            [tick.get_text() for tick in answers.get_xticklabels()],
        ))
        marks.append((len(count.lines), len(time.lines), len(answers.containers)))
    assert words[0] == words[1] and len(set(words[0][0])) == 4 == len(words[0][0]) == len(words[0][1]) == len(words[0][2])
    assert marks == [(4, 2, 16), (12, 6, 48)]
