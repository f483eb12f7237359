"""`overproof claims`: the ledger as it is recorded, with the verdict, the methods and the trust list of every claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from overproof.output import checked_target, deliver
from overproof.registered import Listed, choose, recorded, wing
from overproof.showing import attributed, columns, counted, paint, table, wrapped
from theorems.errors import UnknownLabel
from theorems.verdict import NAMES, Challenged, Refuted, name

#: Named claims up to this many are shown in full.
FEW: Final = 8


def list_claims(labels: Sequence[str], *, source: str | None, chapter: str | None, verdict: str | None, json: str | None) -> int:
    """0 if every listed claim came out as expected, 1 if one did not."""
    checked_target(json)
    if verdict is not None and verdict not in NAMES.values():
        raise UnknownLabel(f"no verdict is called {verdict}; choose from {', '.join(NAMES.values())}")
    rows = recorded().rows
    chosen = [label for label in choose(labels, source, chapter) if verdict in (None, name(rows[label].verdict))]
    listed = {label: rows[label] for label in chosen}
    surprises = [label for label, row in listed.items() if name(row.verdict) != row.line.expected]
    few = labels and len(chosen) <= FEW and not any(label.endswith(":") for label in labels)
    text = detailed(listed, surprises) if few else show(listed, surprises)
    deliver([entry(row) for row in listed.values()], json, text)
    return 1 if surprises else 0


def entry(row: Listed) -> dict[str, Any]:
    """One claim as `claims --json` lists it."""
    line = row.line
    return {
        "label": line.label, "chapter": line.chapter, "source": f"{line.source} {line.place}".strip(), "formalisation": line.formalisation,
        "statement": line.statement, "expected": line.expected, "verdict": name(row.verdict),
        "scope": row.evidence[0].scope if row.evidence else "", "uses": list(line.uses), "axioms_used": list(line.axioms),
        "evidence": [
            {"method": e.method, "verdict": name(e.verdict), "trusts": list(e.trusts), "seconds": round(e.seconds, 6)} for e in row.evidence
        ],
        "witness": witness(row),
    }


def witness(row: Listed) -> Any:
    match row.verdict:
        case Refuted(found) | Challenged(found, _):
            return dict(found)
        case _:
            return None


def show(rows: Mapping[str, Listed], surprises: Sequence[str]) -> str:
    """Label, verdict, source and trust list; the title beneath."""
    lines = [("claim", "verdict", "source", "trusts")]
    for label, row in rows.items():
        source = row.line.source if row.line.source == "ours" else f"{row.line.source} ({row.line.formalisation})"
        lines.append((label, name(row.verdict), source, ", ".join(row.trusts) or "nothing"))
    notes = ["", *(row.line.title for row in rows.values())]
    return finished(table(lines, columns(lines, (26, 12, 16)), notes), rows, surprises)


def finished(text: list[str], rows: Mapping[str, Listed], surprises: Sequence[str]) -> str:
    text = [*text, "", f"{counted(len(rows), 'claim')}, {len(surprises)} not as expected"]
    text += [f"unexpected: {label} came out {name(rows[label].verdict)}, expected {rows[label].line.expected}" for label in surprises]
    for note in recorded().notes(rows):
        text += wrapped(note, later="    ")
    return "\n".join(map(paint, text)) + "\n"


def detailed(rows: Mapping[str, Listed], surprises: Sequence[str]) -> str:
    """Each claim in full: statement, what it uses, evidence, and Coq's own statement beside the suite's."""
    text: list[str] = []
    for label, row in rows.items():
        line = row.line
        text += wrapped(f"{label}: {line.title} [{attributed(line.source, line.place, line.formalisation)}]", later="    ")
        text += wrapped(line.statement, first="  states  ", later="          ")
        text += wrapped(line.note, first="  note    ", later="          ") if line.note else []
        text += wrapped(f"see {line.repaired}", first="  instead ", later="          ") if line.repaired else []
        text += wrapped(", ".join(line.uses), first="  uses    ", later="          ")
        text += wrapped(", ".join(line.axioms) or "none", first="  axioms  ", later="          ")
        for e in row.evidence:
            about = "; ".join(filter(None, (e.scope, f"trusting {', '.join(e.trusts)}" if e.trusts else "")))
            spent = f" in {e.seconds:.2f} s" if e.seconds else ""
            text += wrapped(f"{name(e.verdict)} by {e.method}{spent}: {about}", first="  ", later="          ")
        text += [*exhibited(row), *coq(label, line.claim), ""]
    return finished(text[:-1], rows, surprises)


def exhibited(row: Listed) -> list[str]:
    """The object that breaks the statement, in exact numbers."""
    found = witness(row)
    if not found:
        return []
    from theorems.report import spell

    text = ["  witness"]
    for key, value in found.items():
        text += wrapped(f"{key} = {spell(value)}", first="      ", later="          ")
    return text


def coq(label: str, claim: str) -> list[str]:
    """Coq's statement of each theorem of a claim with this digest, as `Check` prints it, and what the theorems leave out."""
    found = wing()
    key = found.carried(label) if found else ""
    if not found or not key:
        return []
    text = []
    for theorem in found.of(key):
        part = f" ({theorem.part})" if theorem.part else ""
        text += wrapped(f"Coq {found.coq}, {theorem.file}.v: {theorem.name}{part}", first="  ", later="      ")
        text += wrapped(" ".join(theorem.statement.split()), first="      ", later="      ")
    if left_out := found.left_out(label, claim):
        text += wrapped(f"these theorems state a part only and decide nothing; left out: {left_out}", first="  ", later="      ")
    return text
