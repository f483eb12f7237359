"""Writes `generated/` (statements, derivations, numbers, tables, figures) and runs latexmk on `main.tex`."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, Final

from numerics import tree_table
from paper import labels, tex
from paper.figure import fullest
from paper.gallery import figures as all_figures
from paper.site.material import Material
from paper.site.pages import CHAPTERS, SOURCES, as_expected
from theorems.catalogue import axioms
from theorems.chapters import find
from theorems.crosswalk import CROSSWALK
from theorems.errors import OverproofError
from theorems.evidence import write_atomically
from theorems.lemmas import lemmas
from theorems.proof import all_steps
from theorems.verdict import Challenged, Refuted, name

HERE: Final = Path(__file__).resolve().parent
INSTALL: Final = "apt-get install latexmk texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended texlive-pictures lmodern"


def prepare(folder: Path) -> None:
    """Put the sources of the paper into `folder`, unless it is where they live."""
    if folder.resolve() == HERE:
        return
    for path in (*labels.sources(HERE), HERE / "references.bib"):
        write_atomically(folder / path.relative_to(HERE), path.read_text(encoding="utf-8"))


def generate(material: Material, folder: Path) -> None:
    """Check every label of the text, then write all that the text includes."""
    paths = labels.sources(folder)
    counted, made = numbers(material), tables(material)
    uses = labels.check(paths, claims=material.rows, chapters=CHAPTERS, figures=all_figures(), numbers=counted, tables=made)
    for path in paths:
        if typed := labels.typed_digits(path):
            raise OverproofError(f"a number is typed by hand: {typed[0]}; let it be generated, see paper/labels.py")
    out = folder / "generated"
    write_atomically(out / "numbers.tex", "".join(_definition("numberof", key, value) for key, value in counted.items()))
    write_atomically(out / "claims.tex", "".join(
        _definition("verdictof", label, name(row.verdict)) + _definition("nameof", label, tex.code(label)) for label, row in material.rows.items()))
    write_atomically(out / "statements.tex", "".join(_definition("statementtext", label, _statement(row)) for label, row in material.rows.items())
                     + "".join(_definition("chaptertext", chapter, _chapter(chapter, material)) for chapter in CHAPTERS))
    write_atomically(out / "derivations.tex", "".join(_definition("derivationtext", label, tex.derivation(label, find(label).proof().steps))
                                                      for label in uses["derivation"]))
    write_atomically(out / "tables.tex", "".join(_definition("tabletext", key, value) for key, value in made.items()))
    write_atomically(out / "figures.tex", "".join(_definition("figuretext", key, _figure(key, material)) for key in all_figures()))


def _definition(kind: str, key: str, value: str) -> str:
    return rf"\expandafter\long\expandafter\def\csname {kind}@{key}\endcsname{{{value}}}" + "\n"


def _statement(row: Any) -> str:
    witness = row.verdict.witness if isinstance(row.verdict, (Refuted, Challenged)) else {}
    return tex.statement(row.claim, name(row.verdict), witness)


def _chapter(chapter: str, material: Material) -> str:
    found = [label for label, row in material.rows.items() if row.claim.chapter == chapter]
    return "".join(rf"\statement{{{label}}}" + "\n" for label in sorted(found)) or "No claim of this chapter is in the ledger yet."


def _figure(key: str, material: Material) -> str:
    for picture in material.pictures:
        if picture.name == key:
            return rf"\drawnfigure{{{key}}}{{{tex.escape(picture.title)}}}{{{tex.escape(picture.caption)}}}"
    return rf"\missingfigure{{{tex.escape(key.replace('_', ' '))}}}"


def numbers(material: Material) -> dict[str, str]:
    """Every number that the text may name."""
    rows, judged = material.rows.values(), material.judgements.values()
    verdicts = Counter(name(row.verdict) for row in rows)
    measured = Counter(name(judgement.evidence.verdict) for judgement in judged)
    found = {
        "claims": len(material.rows),
        "claims as expected": sum(name(row.verdict) == row.claim.expected for row in rows),
        "steps": sum(len(all_steps(find(label).proof().steps)) for label in material.rows),
        "refutations": sum(row.claim.kind == "refutation" for row in rows),
        "cited lemmas": len({trust for row in rows for trust in row.trusts if trust in lemmas()}),
        "axioms": len(axioms()),
        "operators": len(material.reports),
        "verdicts on operators": sum(len(report["verdicts"]) for report in material.reports.values()),
        "experiments": len({record.experiment for record in material.records}),
        "records": len(material.records),
        "students": sum(int(record.measurements["students"]) for record in material.records),
        "measured claims": len(material.judgements),
        "comparisons": sum(judgement.comparisons for judgement in judged),
        "challenged": measured["challenged"],
        "coq theorems": sum(map(len, material.theorems.values())),
        "coq labels": len(material.theorems),
        "sources": len({assertion.source for assertion in CROSSWALK}),
        "assertions": len(CROSSWALK),
        **{word: verdicts[word] for word in ("proved", "refuted", "supported", "undecided")},
    }
    return {key: f"{value:,}".replace(",", r"\,") for key, value in found.items()}


def left(width: str) -> str:
    """A column of this share of the line, ragged."""
    return rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}"


def mark(verdict: str) -> str:
    return rf"\verdictmark{{{verdict}}}"


def tables(material: Material) -> dict[str, str]:
    """Every generated table."""
    axiom_rows = [(tex.code(a.label), tex.escape(a.title), f"${a.statement}$") for a in axioms().values()]
    claim_rows = [(tex.code(label), mark(name(row.verdict)), tex.escape(row.claim.title)) for label, row in sorted(material.rows.items())]
    source_rows = [(key, tex.escape(work)) for key, work in SOURCES.items() if key != "ours"]
    trust_rows = [(tex.escape(trust), str(count)) for trust, count in _trusted(material)]
    extraction_head = map(tex.escape, tree_table.HEAD[1:])
    return {
        "axioms": tex.table(f"@{{}}l {left('0.27')} l@{{}}", ("Label", "Name", "Statement"), axiom_rows),
        "extraction": r"{\setlength{\tabcolsep}{4pt}" + tex.table("@{}r r l l l l l r r@{}", extraction_head, _extraction(material)) + "}",
        "crosswalk": tex.table(f"@{{}}l {left('0.34')} {left('0.5')}@{{}}", ("", "The source asserts", "Outcome"), _crosswalk(material)),
        "measured": tex.table(f"@{{}}l l r {left('0.42')}@{{}}", ("Claim", "Verdict", "Comparisons", "Result"), _measured(material)),
        "operators": tex.table(f"@{{}}{left('0.27')} {left('0.41')} l l@{{}}", ("Name", "Formula", "Temperatures", "Legal"), _operators(material)),
        "sources": tex.table(f"@{{}}l {left('0.75')}@{{}}", ("Key", "Work"), source_rows),
        "trust": tex.table(f"@{{}}{left('0.7')} r@{{}}", ("Trusted", "Claims that rest on it"), trust_rows),
        "ledger": tex.table(f"@{{}}l l {left('0.37')}@{{}}", ("Claim", "Verdict", "Title"), claim_rows),
    }


def _measured(material: Material) -> list[tuple[str, ...]]:
    rows = []
    for label, judgement in sorted(material.judgements.items()):
        verdict = judgement.evidence.verdict
        reason = tex.escape(_short(str(getattr(verdict, "reason", ""))))
        rows.append((tex.code(label), mark(name(verdict)), str(judgement.comparisons), reason))
    return rows


def _extraction(material: Material) -> list[tuple[str, ...]]:
    """Our trees beside the published ones, those of the full profile alone where it was run."""
    found = fullest(r for r in material.records if r.experiment == "tree_extraction")
    return [tuple(tex.escape(word).replace(" to ", "--") for word in cell.words()[1:]) for cell in tree_table.cells(found)]


def _operators(material: Material) -> list[tuple[str, ...]]:
    rows = []
    for key, report in material.reports.items():
        operator = report["operator"]
        rows.append((tex.code(key), tex.code(operator["expression"]), tex.escape(":".join(operator["domain"])), mark(report["legal"])))
    return rows


def _short(reason: str) -> str:
    """The first parts of a reason, whole, within what a cell holds."""
    kept = ""
    for part in reason.split("; "):
        if kept and len(kept) + len(part) > 160:
            return kept
        kept = f"{kept}; {part}" if kept else part
    return kept


def _crosswalk(material: Material) -> list[tuple[str, str, str]]:
    rows = []
    for a in CROSSWALK:
        open_ones = [label for label in a.claims if label not in material.rows or not as_expected(material.rows[label])]
        outcome = tex.escape(a.summary) if not open_ones else "Open: " + ", ".join(map(tex.code, open_ones))
        rows.append((f"{a.source} {tex.escape(a.number)}", tex.escape(a.sense), outcome))
    return rows


def _trusted(material: Material) -> list[tuple[str, int]]:
    """What the verdicts rest on in the end, used claims opened up, with the number of claims."""
    from numerics.ledger import foundations

    count: Counter[str] = Counter(trust for label in material.rows for trust in foundations(label, material.rows))
    return count.most_common()


def has_latex() -> bool:
    return shutil.which("latexmk") is not None and shutil.which("pdflatex") is not None


def without_latex(folder: Path) -> str:
    return f"LaTeX is not installed, so there is no PDF; install it, e.g. {INSTALL}; figures and sources lie in {folder}"


def latexmk(folder: Path) -> Path:
    """The PDF; `OverproofError` says why there is none and where the log lies."""
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-outdir=generated/build", "main.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    pdf = folder / "generated" / "build" / "main.pdf"
    if done.returncode or not pdf.is_file():
        fault = next((line for line in done.stdout.splitlines() if line.startswith("! ")), "no reason given")
        raise OverproofError(f"latexmk failed: {fault[2:]}; the log lies in {folder / 'generated' / 'build' / 'main.log'}")
    return pdf


def undefined(folder: Path) -> list[str]:
    """The log's complaints about undefined references and citations."""
    log = (folder / "generated" / "build" / "main.log").read_text(encoding="utf-8", errors="replace")
    return [line for line in log.splitlines() if "undefined" in line and line.startswith(("LaTeX Warning", "Package natbib Warning"))]
