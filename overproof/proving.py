"""`overproof prove`: derivations replayed, step by step, in text or in LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from numerics.ledger import prove
from overproof.claiming import coq
from overproof.output import checked_target, deliver
from overproof.registered import choose
from overproof.showing import announced, attributed, counted, paint, wrapped
from theorems.chapters import find
from theorems.evidence import Evidence
from theorems.proof import At, Step
from theorems.report import Finding, detail
from theorems.verdict import name


def replay(labels: Sequence[str], *, latex: bool, json: str | None) -> int:
    """0 if every derivation ends as its claim expects, 1 if one does not."""
    checked_target(json)
    chosen = choose(labels)
    shown: list[str] = []
    entries: list[dict[str, Any]] = []
    for label in chosen:
        with announced(f"replaying {label}"):
            evidence = prove(label)
        shown += [*derivation(label, evidence, latex=latex), ""]
        entries.append(entry(label, evidence))
    surprises = [e["label"] for e in entries if e["verdict"] != e["expected"]]
    shown.append(f"{counted(len(entries), 'derivation')}, {len(surprises)} not as expected" + "".join(f" {label}" for label in surprises))
    deliver(entries, json, "\n".join(shown) + "\n")
    return 1 if surprises else 0


def derivation(label: str, evidence: Evidence, *, latex: bool) -> list[str]:
    """The claim, its hypotheses, each step with its rule, and what came out."""
    claim, proof = find(label).claim, find(label).proof()
    lines = wrapped(f"{label}: {claim.title} [{attributed(claim.source.key, claim.source.place, claim.formalisation)}]", later="    ")
    for key, hypothesis in claim.hypotheses:
        lines += wrapped(spell(hypothesis, latex=latex), first=f"  given {key}: ", later="      ")
    for step in proof.steps:
        lines += told(step, "  ", latex=latex)
    finding = Finding(evidence.verdict, evidence.scope, evidence.method, evidence.trusts)
    trusts = ", ".join(evidence.trusts) or "nothing beyond the kernel"
    lines += map(paint, wrapped(f"{name(evidence.verdict)} in {evidence.seconds:.2f} s, trusting {trusts}", first="  ", later="      "))
    return [*lines, *wrapped(detail(finding), first="      ", later="      "), *coq(label, claim.digest)]


def told(step: Step, margin: str, *, latex: bool) -> list[str]:
    """One step: name, rule, what it stands on, its conclusion and reason; sub-proofs first, further in."""
    lines: list[str] = []
    for part in step.parts:
        variables = ", ".join(map(str, part.variables))
        lines.append(f"{margin}  let {variables}" if variables else f"{margin}  case")
        for key, assumption in part.assume:
            lines += wrapped(spell(assumption, latex=latex), first=f"{margin}    assume {key}: ", later=margin + "        ")
        for inner in part.steps:
            lines += told(inner, margin + "    ", latex=latex)
    by = ", ".join(facts(step))
    head = f"{margin}{step.name}. {step.rule}" + (f" from {by}" if by else "") + ": "
    lines += wrapped(spell(step.then, latex=latex), first=head, later=margin + "    ")
    return lines + wrapped(step.because, first=f"{margin}    because ", later=margin + "    ")


def facts(step: Step) -> list[str]:
    """What a step stands on, instances as `fact(x = term)`."""
    return [f"{b.name}({', '.join(f'{k} = {v}' for k, v in b.values)})" if isinstance(b, At) else b for b in step.by]


def spell(proposition: Any, *, latex: bool) -> str:
    return str(sp.latex(proposition) if latex else proposition)


def entry(label: str, evidence: Evidence) -> dict[str, Any]:
    """One derivation as `prove --json` lists it."""
    claim, proof = find(label).claim, find(label).proof()
    return {
        "label": label, "statement": claim.statement(), "expected": claim.expected,
        "verdict": name(evidence.verdict), "trusts": list(evidence.trusts), "seconds": round(evidence.seconds, 6),
        "steps": [as_json(step) for step in proof.steps],
    }


def as_json(step: Step) -> dict[str, Any]:
    parts = [
        {"variables": [str(v) for v in part.variables], "assume": {k: str(a) for k, a in part.assume}, "steps": [as_json(s) for s in part.steps]}
        for part in step.parts
    ]
    return {"name": step.name, "rule": step.rule, "by": facts(step), "then": str(step.then), "because": step.because, "parts": parts}
