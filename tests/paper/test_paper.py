"""The paper: its labels exist and are complete, no number is typed, everything generated is LaTeX that builds."""

import shutil
import subprocess

import pytest
import sympy as sp

from overproof import gathering, printing
from overproof.main import main
from paper import build, labels, tex
from paper.breaking import broken
from paper.gallery import draw_all, figures
from paper.site.material import Material, Picture
from paper.site.pages import CHAPTERS
from tests.paper.test_site import planted
from theorems.chapters import entries
from theorems.errors import OverproofError
from theorems.logic import All, ForAll, Named, eq, ge, le

SOURCES = labels.sources(build.HERE)
x, y = sp.symbols("x y", real=True)


@pytest.fixture(scope="module")
def material(records, planted_reports, tmp_path_factory):
    rows = {label: planted(entry) for label, entry in entries().items()}
    folder = tmp_path_factory.mktemp("figures")
    assert [d.state for d in draw_all(folder, records, lambda: planted_reports, names=["truncation"])] == ["drawn"]
    stand_in = (folder / "truncation.pdf").read_bytes()
    pictures = tuple(Picture(name, f.title, f.caption, f.labels, stand_in) for name, f in figures().items())
    return Material(rows, gathering.judged(records), records, planted_reports, {}, gathering.coq_theorems(), pictures)


def known(**other):
    found = {"claims": entries(), "chapters": CHAPTERS, "figures": figures(), "numbers": (), "tables": ()}
    return {**found, **other}


def written(folder, text):
    (folder / "sections").mkdir()
    (folder / "main.tex").write_text(text)
    return labels.sources(folder)


def test_every_source_is_included():
    main_text = SOURCES[0].read_text()
    for path in SOURCES[1:]:
        assert rf"\input{{sections/{path.stem}}}" in main_text


def test_no_number_is_typed_by_hand():
    assert [line for path in SOURCES for line in labels.typed_digits(path)] == []


@pytest.mark.parametrize("text", ["We trained 64 students.", "$x^3$", "in Section 4"])
def test_a_typed_number_is_found(tmp_path, text):
    (path,) = written(tmp_path, "\\documentclass[10pt]{article}\n\\begin{document}\n" + text)
    assert labels.typed_digits(path) == [f"main.tex:3: {text}"]


def test_the_paper_names_what_exists_and_shows_everything(material):
    uses = labels.check(SOURCES, claims=entries(), chapters=CHAPTERS, figures=figures(), numbers=build.numbers(material), tables=build.tables(material))
    assert len(uses["claim"]) > 20 and len(uses["derivation"]) >= 5


@pytest.mark.parametrize(("text", "words"), [
    (r"\claim{bv:no-such}", "does not exist"), (r"\number of{x} \numberof{no such}", "does not exist"), (r"\overfigure{nothing}", "does not exist"),
    (r"\statements{bv}", "is not in the paper"),
])
def test_a_mismatch_fails(tmp_path, text, words):
    with pytest.raises(OverproofError, match=words):
        labels.check(written(tmp_path, text), **known())


def test_a_comment_does_not_count(tmp_path):
    text = "".join(rf"\statements{{{chapter}}}" for chapter in CHAPTERS) + "".join(rf"\overfigure{{{name}}}" for name in figures())
    labels.check(written(tmp_path, text + "\n% \\claim{bv:no-such}"), **known())


def test_a_claim_that_the_text_leaves_out_fails(tmp_path):
    text = "".join(rf"\statements{{{chapter}}}" for chapter in CHAPTERS if chapter != "op") + "".join(rf"\overfigure{{{name}}}" for name in figures())
    with pytest.raises(OverproofError, match=r"op:.* is not in the paper"):
        labels.check(written(tmp_path, text), **known())


def test_escaping():
    assert tex.escape("50 % of a_b & c #1 {x} ≤ y") == r"50 \% of a\_b \& c \#1 \{x\} $\le$ y"
    with pytest.raises(OverproofError, match="no sign"):
        tex.escape("☃")


def test_long_lines_are_broken_where_a_reader_would():
    long = sum(sp.Symbol(f"a_{k}", real=True) for k in range(40))
    rows = broken(eq(x, long), 100)
    assert len(rows) > 3 and all(len(text) < 140 for _, text in rows)
    assert rows[0][1] == "x" and rows[1][1].startswith("= ")
    assert broken(eq(x, y), 100) == [(0, "x = y")]
    quantified = broken(ForAll((x,), [ge(x, 0)], eq(x, long)), 100)
    assert quantified[0][1].startswith(r"\forall x") and quantified[1][0] == 1
    assert len(broken(All(eq(x, long), le(x, y)), 100)) > 4


def test_names_with_underscores_are_safe():
    assert r"some\_name" in tex.lines(Named("some_name", x))


def test_every_statement_and_derivation_is_written():
    for label, entry in entries().items():
        row = planted(entry)
        assert label in tex.statement(entry.claim, "proved", getattr(row.verdict, "witness", {}))
        tex.derivation(label, entry.proof().steps)


@pytest.fixture
def without_latex(monkeypatch):
    monkeypatch.setattr(build.shutil, "which", lambda name: None)


def test_without_latex_one_line_and_the_sources(material, tmp_path, monkeypatch, capsys, without_latex):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printing.keeping, "recorded_rows", lambda **options: material.rows)
    monkeypatch.setattr(printing.gathering, "verified", lambda tell: {})
    monkeypatch.setattr(printing, "gather", lambda *given: material)
    assert main(["paper", "--jobs", "1"]) == 3
    error = capsys.readouterr().err
    assert "apt-get install" in error and error.count("\n") == 1
    folder = tmp_path / ".overproof" / "paper"
    assert {path.name for path in (folder / "generated").glob("*.tex")} >= {"numbers.tex", "statements.tex", "tables.tex"}


@pytest.mark.skipif(not build.has_latex(), reason="LaTeX is not installed (Debian packages latexmk, texlive-latex-extra, texlive-fonts-recommended)")
def test_it_builds(material, tmp_path):
    for picture in material.pictures:
        target = tmp_path / "generated" / "figures" / f"{picture.name}.pdf"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture.svg)
    build.prepare(tmp_path)
    build.generate(material, tmp_path)
    pdf = build.latexmk(tmp_path)
    assert build.undefined(tmp_path) == []
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        assert "bv:criterion-as-stated" in text and f"{len(entries())} claims" in " ".join(text.split())
    (tmp_path / "main.tex").write_text((tmp_path / "main.tex").read_text().replace(r"\maketitle", r"\undefinedcommand"))
    with pytest.raises(OverproofError, match="latexmk failed"):
        build.latexmk(tmp_path)
