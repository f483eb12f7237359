"""`overproof claims`: the ledger, with the verdict, the methods and the trust list of every claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numerics.ledger import Row, ledger
from overproof.output import checked_target, deliver
from overproof.showing import announced, columns, counted, paint, table
from theorems.chapters import entries, find
from theorems.claim import Claim
from theorems.errors import UnknownLabel
from theorems.logic import Named
from theorems.report import plain
from theorems.verdict import Challenged, Refuted, name


def list_claims(labels: Sequence[str], *, source: str | None, json: str | None) -> int:
    """0 if every listed claim came out as expected, 1 if one did not."""
    checked_target(json)
    chosen = choose(labels, source)
    with announced(f"replaying {counted(len(chosen), 'derivation')}"):
        rows = ledger(chosen)
    listed = {label: rows[label] for label in chosen}
    surprises = [label for label, row in listed.items() if name(row.verdict) != row.claim.expected]
    deliver([entry(row) for row in listed.values()], json, show(listed, surprises))
    return 1 if surprises else 0


def choose(labels: Sequence[str], source: str | None) -> list[str]:
    """The labels asked for, all if none is, of one source if one is named; `op:` takes a chapter, `op:a` also `op:a/b`."""
    known = entries()
    sources = {row.claim.source.key for row in known.values()}
    if source is not None and source not in sources:
        raise UnknownLabel(f"no claim has the source {source}; choose from {', '.join(sorted(sources))}")
    wanted: dict[str, None] = {}
    for label in labels or known:
        group = [other for other in known if other.startswith(label if label.endswith(":") else f"{label}/")]
        wanted.update(dict.fromkeys(group if label not in known else [label, *group]))
        if label not in wanted and not group:
            wanted[find(label).claim.label] = None
    return [label for label in known if label in wanted and source in (None, known[label].claim.source.key)]


def entry(row: Row) -> dict[str, Any]:
    """One claim as `claims --json` lists it."""
    claim = row.claim
    return {
        "label": claim.label, "chapter": claim.chapter, "source": str(claim.source), "formalisation": claim.formalisation,
        "statement": claim.statement(), "expected": claim.expected, "verdict": name(row.verdict),
        "scope": row.evidence[0].scope, "uses": list(claim.uses), "axioms_used": axioms(claim),
        "evidence": [
            {"method": e.method, "verdict": name(e.verdict), "trusts": list(e.trusts), "seconds": round(e.seconds, 6)} for e in row.evidence
        ],
        "witness": witness(row),
    }


def axioms(claim: Claim) -> list[str]:
    """The axioms that the claim assumes or rests on."""
    named = {str(part.name) for _, hypothesis in claim.hypotheses for part in hypothesis.atoms(Named)}
    return sorted(label for label in {*named, *claim.uses} if label.startswith(("ax:", "prop:")))


def witness(row: Row) -> Any:
    match row.verdict:
        case Refuted(found) | Challenged(found, _):
            return plain(found)
        case _:
            return None


def show(rows: Mapping[str, Row], surprises: Sequence[str]) -> str:
    """Label, verdict, source and trust list; the title beneath."""
    lines = [("claim", "verdict", "source", "trusts")]
    for label, row in rows.items():
        lines.append((label, name(row.verdict), f"{row.claim.source.key} ({row.claim.formalisation})", ", ".join(row.trusts) or "nothing"))
    notes = ["", *(row.claim.title for row in rows.values())]
    text = [*table(lines, columns(lines, (26, 12, 16)), notes), "", f"{counted(len(rows), 'claim')}, {len(surprises)} not as expected"]
    text += [f"unexpected: {label} came out {name(rows[label].verdict)}, expected {rows[label].claim.expected}" for label in surprises]
    return "\n".join(map(paint, text)) + "\n"
