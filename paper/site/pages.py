"""What each page shows, as plain values for the templates: formulas become MathML here, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, final

from markupsafe import Markup

from numerics import tree_table
from numerics.ledger import Row, foundations
from paper.breaking import broken
from paper.site.material import Material
from paper.site.mathml import mathml
from paper.site.plots import plots
from paper.style import VERDICTS
from theorems.chapters import find
from theorems.claim import Source
from theorems.crosswalk import CROSSWALK
from theorems.logic import All, Proposition
from theorems.proof import At, Step
from theorems.report import plain, spell
from theorems.verdict import Challenged, Refuted, name

#: Characters of LaTeX that fit on a line of a page.
WIDTH = 200

FORMALISATIONS = {
    "source": "formula read in the source", "reported": "formula of the source, known at second hand",
    "ours": "our formalisation, not the source's words",
}
WORDINGS = {"source": "its formula", "reported": "second hand", "ours": "our words"}
CHAPTERS = {
    "base": "Foundations", "op": "Softening operators", "bv": "Bias and variance", "path": "Paths and rates", "eq": "Equivalence classes",
    "access": "Partial access and privacy", "lin": "Linear distillation", "tree": "Decision trees",
    "dp": "Dynamic programmes", "joint": "Ideal joint classifier",
}
SOURCES = {
    "SKD": "Flouro and Chadwick 2026, arXiv 2601.03195", "PL": "Phuong and Lampert 2019, arXiv 2105.13093",
    "LW": "Le and Weber 2026, arXiv 2605.20074",
    "BA": "Boix-Adsera 2024, arXiv 2403.09053", "IJC": "Li, Chen, Ditzler, Roveda and Li 2023, arXiv 2304.11004", "ours": "this work",
}


def page_name(label: str) -> str:
    """The file of a claim's page."""
    return label.replace(":", "-").replace("/", "--") + ".html"


def lines(proposition: Proposition) -> list[dict[str, Any]]:
    """One formula a line, long ones broken: the parts of an "and" have lines of their own."""
    parts = proposition.args if isinstance(proposition, All) else (proposition,)
    return [{"indent": indent, "math": Markup(mathml(text))} for part in parts for indent, text in broken(part, WIDTH)]


def badge(verdict: str) -> dict[str, str]:
    shade, letter = VERDICTS[verdict]
    return {"word": verdict, "letter": letter, "shade": shade}


def ledger_rows(material: Material) -> list[dict[str, Any]]:
    return [summary(row, material) for row in material.rows.values()]


def summary(row: Row, material: Material) -> dict[str, Any]:
    """One line of the ledger; `words` is what the search looks in."""
    claim = row.claim
    methods = sorted({e.method for e in row.evidence} | ({"formal"} if claim.label in material.theorems else set())
                     | ({"training"} if claim.label in material.judgements else set()))
    return {
        "label": claim.label, "title": claim.title, "page": page_name(claim.label), "chapter": claim.chapter, "source": claim.source.key,
        "place": place(claim.source), "verdict": badge(name(row.verdict)), "expected": claim.expected, "wording": WORDINGS[claim.formalisation],
        "kind": claim.kind, "methods": methods, "words": f"{claim.label} {claim.title} {claim.source} {claim.note} {claim.statement()}".lower(),
    }


def place(source: Source) -> str:
    """The source and where in it; what is ours has no place."""
    return SOURCES["ours"] if source.key == "ours" else f"{source}: {SOURCES.get(source.key, source.key)}"


def claim_page(label: str, material: Material, used_by: Mapping[str, list[str]]) -> dict[str, Any]:
    row = material.rows[label]
    claim, entry = row.claim, find(label)
    steps = entry.proof().steps
    judgement, comparisons = material.judgements.get(label), material.comparisons(label)
    return {
        **summary(row, material),
        "note": claim.note, "repaired": link(claim.repaired) if claim.repaired else None, "formalisation_words": FORMALISATIONS[claim.formalisation],
        "chapter_name": CHAPTERS.get(claim.chapter, claim.chapter),
        "hypotheses": [(key, lines(h)) for key, h in claim.hypotheses], "conclusion": lines(claim.conclusion),
        "uses": [link(u) for u in claim.uses], "used_by": [link(u) for u in used_by.get(label, [])],
        "evidence": [evidence(e) for e in row.evidence], "rests_on": sorted(foundations(label, material.rows)),
        "reason": str(getattr(row.verdict, "reason", "")), "witness": witness(row),
        "steps": step_views(steps, Places.of(key for key, _ in claim.hypotheses)), "count": sum(1 for _ in walk(steps)), "digest": claim.digest,
        "theorems": material.theorems.get(label, ()), "operator": entry.operator,
        "matrix": matrix(material.reports.get(entry.operator)) if entry.operator else [],
        "judgement": measured(judgement) if judgement else None, "beside": beside(label, material), "plots": Markup(plots(comparisons)),
        "records": [record_view(r) for r in material.measuring(label)],
        "pictures": [p for p in material.pictures if label in p.labels],
    }


def beside(label: str, material: Material) -> list[tuple[str, ...]]:
    """Our runs beside the published table, head first, for the claim that it belongs to."""
    rows = [cell.words() for cell in tree_table.cells(material.measuring(label))] if label == "tree:extraction" else []
    return [tree_table.HEAD, *rows] if rows else []


def link(label: str) -> dict[str, str]:
    return {"label": label, "page": page_name(label)}


def walk(steps: Any) -> Any:
    for step in steps:
        for part in step.parts:
            yield from walk(part.steps)
        yield step


@final
@dataclass(frozen=True)
class Places:
    """Where in the page each fact in view stands; cases may use a name again, so an anchor gets a number when it is taken."""

    anchors: dict[str, str]
    taken: set[str]

    @staticmethod
    def of(names: Iterable[str]) -> Places:
        anchors = {name: f"s-{name}" for name in names}
        return Places(anchors, set(anchors.values()))

    def enter(self, fact: str) -> str:
        anchor, count = f"s-{fact}", 1
        while anchor in self.taken:
            count += 1
            anchor = f"s-{fact}_{count}"
        self.taken.add(anchor)
        self.anchors[fact] = anchor
        return anchor

    def inside(self) -> Places:
        return Places(dict(self.anchors), self.taken)


def step_views(steps: Iterable[Step], places: Places) -> list[dict[str, Any]]:
    """Steps with their sub-proofs; the facts that each stands on are links within the page."""
    views = []
    for step in steps:
        parts = []
        for part in step.parts:
            inner = places.inside()
            assumed = [(key, inner.enter(key), lines(a)) for key, a in part.assume]
            parts.append({"variables": ", ".join(map(str, part.variables)), "assume": assumed, "steps": step_views(part.steps, inner)})
        by = [fact_view(b, places) for b in step.by]
        views.append({"name": step.name, "anchor": places.enter(step.name), "rule": step.rule, "then": lines(step.then), "because": step.because,
                      "by": by, "parts": parts})
    return views


def fact_view(fact: str | At, places: Places) -> dict[str, str]:
    key, at = (fact.name, ", ".join(f"{k} = {v}" for k, v in fact.values)) if isinstance(fact, At) else (fact, "")
    return {"name": key, "anchor": places.anchors.get(key, ""), "at": at}


def evidence(found: Any) -> dict[str, Any]:
    return {"method": found.method, "verdict": badge(name(found.verdict)), "scope": found.scope, "trusts": list(found.trusts),
            "seconds": f"{found.seconds:.2f}" if found.seconds else "–", "reason": str(getattr(found.verdict, "reason", ""))}


def witness(row: Row) -> list[tuple[str, str]]:
    match row.verdict:
        case Refuted(found) | Challenged(found, _):
            return [(key, spell(plain(value))) for key, value in found.items()]
    return []


def matrix(report: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The verdicts of `verify` on an operator, each with its witness or reason."""
    shown = []
    for label, found in (report or {"verdicts": {}})["verdicts"].items():
        where = ", ".join(f"{key} = {spell(value)}" for key, value in (found["witness"] or {}).items())
        shown.append({"label": label, "verdict": badge(found["verdict"]), "scope": found["scope"], "method": found["method"],
                      "detail": "; ".join(part for part in (where, found["reason"]) if part), "trusts": list(found["trusts"])})
    return shown


def measured(judgement: Any) -> dict[str, Any]:
    verdict = judgement.evidence.verdict
    return {"verdict": badge(name(verdict)), "scope": judgement.evidence.scope, "as_expected": judgement.as_expected,
            "reason": str(getattr(verdict, "reason", "")), "witness": [(k, str(v)) for k, v in getattr(verdict, "witness", {}).items()]}


def record_view(record: Any) -> dict[str, Any]:
    return {"name": f"{record.experiment}/{record.config['profile']}/{record.config['shard']['name']}", "device": record.device,
            "seeds": len(record.seeds), "seconds": f"{record.measurements['timing']['seconds']:.1f}", "sha256": record.sha256,
            "versions": ", ".join(f"{k} {v}" for k, v in record.versions.items())}


def crosswalk(material: Material) -> list[dict[str, Any]]:
    """By source, each assertion with the verdicts of its claims; the summary only where all came out as expected."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for assertion in CROSSWALK:
        claims = []
        for label in assertion.claims:
            row = material.rows.get(label)
            claims.append({**link(label), "verdict": badge(name(row.verdict)) if row else None})
        open_ones = [label for label in assertion.claims if label not in material.rows or not as_expected(material.rows[label])]
        groups.setdefault(assertion.source, []).append({
            "number": assertion.number, "sense": assertion.sense, "claims": claims, "settled": not open_ones,
            "summary": assertion.summary if not open_ones else f"Open: {', '.join(open_ones)}",
        })
    return [{"source": key, "work": SOURCES[key], "assertions": rows} for key, rows in groups.items()]


def as_expected(row: Row) -> bool:
    return name(row.verdict) == row.claim.expected


def counts(material: Material) -> list[tuple[dict[str, str], int]]:
    """How many claims came out how, in the order of the verdicts' table."""
    found = Counter(name(row.verdict) for row in material.rows.values())
    return [(badge(word), found[word]) for word in VERDICTS if found[word]]
