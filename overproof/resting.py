"""`overproof claims --trust` and `--uniform`: what the verdicts rest on in the end, and for which operators the claims hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from overproof.output import checked_target, deliver
from overproof.registered import Listed, choose, recorded, wing
from overproof.showing import columns, counted, paint, table, wrapped
from theorems.verdict import name

if TYPE_CHECKING:
    from theorems.lemmas import Lemma

#: Chapters whose claims are about learning; the others are about operators and textbook lemmas.
LEARNING = ("bv", "path", "eq", "access", "lin", "tree", "dp", "joint")
#: Textbook lemmas that a rule or a criterion applies itself, with the label of Coq's theorem; "" where it stays, for the reason in `STAYS`.
BUILT_IN = {
    "mean value theorem": "lemma:mean-value", "expectation is monotone": "lemma:expectation-monotone", "induction": "lemma:induction",
    "fundamental theorem of calculus": "lemma:fundamental-theorem", "log-sum inequality": "lemma:log-sum", "Karamata": "",
    "Heine-Cantor theorem": "", "extreme value theorem": "", "monotone functions with a continuous limit converge uniformly (Polya)": "",
    "smooth maps of compact convex sets have Lipschitz constants": "",
}
STAYS = {
    "Karamata": "regular variation of a generator's slope at 0 stands behind its Lipschitz constant; the formal wing has no theory of that",
    "Heine-Cantor theorem": "used on simplices with V entries; Coq's libraries prove it for segments of the line",
    "extreme value theorem": "used on simplices with V entries; Coq's libraries prove it for segments of the line",
    "monotone functions with a continuous limit converge uniformly (Polya)": "used on simplices with V entries, and not in Coq's libraries",
    "smooth maps of compact convex sets have Lipschitz constants": "needs derivatives in V variables, for which Coq's libraries have none",
}
CITED = "cite "
MEASURING = ("torch", "gpu_validation", "numerics.judge")
Resting = Mapping[str, frozenset[str]]


def selected(labels: Sequence[str], source: str | None, chapter: str | None, verdict: str | None) -> list[str]:
    rows = recorded().rows
    return [label for label in choose(labels, source, chapter) if verdict in (None, name(rows[label].verdict))]


def resting(rows: Mapping[str, Listed], *, kernel: bool) -> Resting:
    """Engines, citations and axioms below each verdict, used claims opened up; with `kernel`, Coq's proof stands in where it is whole."""
    found: dict[str, frozenset[str]] = {}

    def below(label: str) -> frozenset[str]:
        if label not in found:
            found[label] = frozenset()
            own = _own(rows[label], kernel=kernel)
            opened = {t: _members(t, rows) for t in own}
            found[label] = frozenset(t for t in own if not opened[t]).union(*(below(m) for members in opened.values() for m in members if m != label))
        return found[label]

    return {label: below(label) for label in rows}


def _own(row: Listed, *, kernel: bool) -> set[str]:
    """What the deciding evidence of one row trusts."""
    formal = {t for e in row.evidence if e.method == "formal" for t in e.trusts}
    if kernel and formal:
        return formal
    own = {t for e in row.evidence if e.method not in ("formal", "sampling") for t in e.trusts}
    return {below for t in own for below in (_behind(t) if kernel else (t,))}


def _behind(trust: str) -> tuple[str, ...]:
    """What stands behind one trusted thing: Coq's proof of a cited lemma where there is one, else the thing itself."""
    found = _lemma(trust).formal() if trust.startswith(CITED) else None
    return found.trusts if found else (trust,)


@cache
def _lemma(trust: str) -> Lemma:
    from theorems.lemmas import lemma

    return lemma(trust.removeprefix(CITED))


def _members(trust: str, rows: Mapping[str, Listed]) -> list[str]:
    """The claims that a trusted label stands for: itself, or the group `label/...`; none for an engine or a lemma."""
    return [trust] if trust in rows else [label for label in rows if label.startswith(f"{trust}/")]


def show_trust(labels: Sequence[str], *, source: str | None, chapter: str | None, verdict: str | None, json: str | None) -> int:
    """What each verdict rests on, and how many claims rest on each, without Coq's proofs and with them."""
    checked_target(json)
    chosen, rows = selected(labels, source, chapter, verdict), recorded().rows
    before, after = resting(rows, kernel=False), resting(rows, kernel=True)
    names = sorted({t for label in chosen for t in before[label] | after[label]}, key=lambda t: (-_count(t, chosen, before), t))
    value = {
        "claims": {label: {"rests_on": sorted(after[label]), "without_coq": sorted(before[label])} for label in chosen},
        "trusts": {t: {"claims": _count(t, chosen, after), "without_coq": _count(t, chosen, before)} for t in names},
        "stays": {t: _reason(t) for t in names if (t.startswith(CITED) or t in STAYS) and _count(t, chosen, after)},
    }
    lines = [("rests on", "alone", "Coq", "what it is")]
    lines += [(t, str(_count(t, chosen, before)), str(_count(t, chosen, after)), kind(t)) for t in names]
    text = table(lines, columns(lines, (52, 5, 5)))
    text += ["", *wrapped(f"{counted(len(chosen), 'claim')}; alone: by the suite's derivations alone; Coq: where Coq's proof states the whole "
                          "claim it stands in for the derivation")]
    text += _cited(chosen, before, after)
    if labels:
        for label in chosen:
            text += wrapped(f"{label} rests on {', '.join(sorted(after[label])) or 'nothing beyond the kernel'}", later="    ")
    text += [line for note in recorded().notes(chosen) for line in wrapped(note, later="    ")]
    deliver(value, json, "\n".join(text) + "\n")
    return 0


def _count(trust: str, labels: Sequence[str], found: Resting) -> int:
    return sum(trust in found[label] for label in labels)


def _cited(labels: Sequence[str], before: Resting, after: Resting) -> list[str]:
    """How many claims rest on citations, which ones do in the end, and for each citation its proof or the reason why it stays."""
    def cited(found: Resting) -> dict[str, list[str]]:
        names = sorted({t for label in labels for t in found[label] if t.startswith(CITED)})
        return {t: [label for label in labels if t in found[label]] for t in names}

    first, last = cited(before), cited(after)
    counts = [len({label for citing in found.values() for label in citing}) for found in (first, last)]
    text = wrapped(f"rest on a citation: {counted(counts[0], 'claim')} by derivations alone, {counts[1]} with Coq's proofs")
    for t, citing in first.items():
        lemma = _lemma(t)
        if t in last:
            text += wrapped(f"{lemma.name} stays, below {', '.join(last[t])}: {_reason(t)}", first="    ", later="        ")
        else:
            text += wrapped(f"{lemma.name} is proved by Coq ({lemma.claim.label}), below {', '.join(citing)}", first="    ", later="        ")
    for t in STAYS:
        if below := [label for label in labels if t in after[label]]:
            text += wrapped(f"{t}, built into a rule, stays, below {', '.join(below)}: {_reason(t)}", first="    ", later="        ")
    return text


def _reason(trust: str) -> str:
    """Why a lemma stays a citation."""
    return STAYS.get(trust) or _lemma(trust).stays or "its Coq theorem is not the recorded one; `make formal` mends it"


def kind(trust: str) -> str:
    """What sort of thing is trusted."""
    if trust.startswith(CITED):
        return "a textbook lemma, cited"
    if trust in BUILT_IN:
        proved = (found := wing()) and BUILT_IN[trust] in found.labels()
        return f"a textbook lemma, built into a rule{'; Coq proves it' if proved else ''}"
    if trust.startswith("Coq kernel"):
        return "the kernel of Coq"
    if trust[0].isupper() and "." in trust:
        return "an axiom of Coq's library"
    if trust.startswith(("sympy.", "arb", "cvc5", "hypothesis")):
        return "an engine"
    if trust in MEASURING:
        return "what ran and judged the training, which only supports"
    return "a rule of the kernel of proofs"


def show_uniform(labels: Sequence[str], *, source: str | None, chapter: str | None, verdict: str | None, json: str | None) -> int:
    """For each claim about learning: the axioms that its derivation uses, and the operators for which it holds."""
    from theorems.uniformity import PROPERTY, legal_without, operators_with

    checked_target(json)
    rows = recorded().rows
    chosen = [label for label in selected(labels, source, chapter, verdict) if labels or rows[label].line.chapter in LEARNING]
    value = [uniform(rows[label], operators_with, legal_without, PROPERTY.get(label, ())) for label in chosen]
    lines = [("claim", "axioms used", "holds for")]
    lines += [(v["label"], ", ".join(v["axioms_used"]) or "none", v["holds_for"]) for v in value]
    notes = ["", *("; ".join(f"{p} is beyond A1-A5: legal without it {', '.join(names)}" for p, names in v["beyond"].items()) for v in value)]
    text = table(lines, columns(lines, (30, 24)), notes)
    free = sum(not v["axioms_used"] and v["about"] == "" for v in value)
    text += ["", f"{counted(len(value), 'claim')}; {free} use no axiom and write out no operator: they hold for all of them"]
    deliver(value, json, "\n".join(map(paint, text)) + "\n")
    return 0


def uniform(row: Listed, shipped: Callable[[tuple[str, ...]], tuple[str, ...]], without: Callable[[str], tuple[str, ...]],
            properties: Sequence[str]) -> dict[str, Any]:
    """One claim of the view."""
    line = row.line
    beyond = {p: list(without(p)) for p in {*line.axioms, *properties} if p.startswith("prop:") and without(p)}
    holds = list(shipped(line.axioms))
    if line.about:
        spoken = f"{line.about} alone, written out"
    elif line.axioms:
        spoken = ", ".join(holds)
    else:
        spoken = "any operator: none is in it"
    return {"label": line.label, "axioms_used": list(line.axioms), "about": line.about, "holds_for": spoken, "operators": holds, "beyond": beyond}
