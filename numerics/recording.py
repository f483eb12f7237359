"""Writes the register: proves and attacks the claims whose line is missing or stale, and leaves all other lines alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import sympy as sp

from numerics.ledger import examine, trusted
from theorems import register, uniformity
from theorems.chapters import entries, files
from theorems.entry import Entry
from theorems.evidence import Evidence, digest
from theorems.formal.recorded import binding
from theorems.lemmas import lemma
from theorems.proof import At, Part, Step, all_steps
from theorems.register import Line
from theorems.terms import spelled
from theorems.verdict import name

#: Drawn cases that try to break each claim.
CASES = 30


def proof_digest(entry: Entry) -> str:
    """What the evidence depends on beside the claim: the derivation, and the statements that it uses or cites."""
    claim = entry.claim
    used = [entries()[label].claim.digest for label in claim.uses]
    if entry.operator:
        from theorems.catalogue import operators

        operator = operators()[entry.operator]
        return digest({"operator": operator.digest(), "expected": dict(operator.expected)})[:16]
    if claim.kind == "measured":
        from numerics.judge import carries
        from numerics.measured import shipped_records

        return digest([record.sha256 for record in shipped_records() if carries(record, claim.label)])[:16]
    proof = entry.proof()
    cited = sorted({lemma(step.data["lemma"]).claim.digest for step in all_steps(proof.steps) if step.rule == "cite"})
    return digest({"steps": [_step(step) for step in proof.steps], "used": used, **({"cited": cited} if cited else {})})[:16]


def _step(step: Step) -> Any:
    return [step.name, step.rule, _plain(step.then), [_plain(b) for b in step.by], _plain(step.data), [_part(part) for part in step.parts]]


def _part(part: Part) -> Any:
    return [_plain(part.variables), [[key, _plain(fact)] for key, fact in part.assume], [_step(step) for step in part.steps]]


def _plain(value: Any) -> Any:
    if isinstance(value, sp.Basic):
        return spelled(value)
    if isinstance(value, At):
        return [value.name, [[key, _plain(v)] for key, v in value.values]]
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return str(value)


def differences(lines: Mapping[str, Line], of: Iterable[str]) -> dict[str, str]:
    """Why the line of a label is not the present one, for labels in the files `of` or using one there; "" where only the text differs."""
    of, found = set(of), {}
    for label, entry in entries().items():
        if not of & {files()[near] for near in (label, *entry.claim.uses)}:
            continue
        line = lines.get(label)
        if line is None:
            found[label] = "is not recorded"
        elif line.claim != entry.claim.digest[:16]:
            found[label] = "says something else than when it was recorded"
        else:
            found[label] = "" if line.proof == proof_digest(entry) else "is proved otherwise than when it was recorded"
    return {**found, **{label: "is no claim any more" for label, line in lines.items() if line.file in of and label not in entries()}}


def blank(label: str) -> Line | None:
    """The line of a claim as it is now, without evidence; None when there is no such claim."""
    return described(entries()[label], ()) if label in entries() else None


def described(entry: Entry, evidence: tuple[Evidence, ...]) -> Line:
    """The line of a claim with this evidence."""
    claim = entry.claim
    trusts = trusted(evidence)
    verdict = name(register.own_verdict(claim.label, evidence)) if evidence else ""
    return Line(
        label=claim.label, verdict=verdict, trusts=trusts, axioms=uniformity.axioms_used(entry), about=uniformity.about(entry),
        evidence=tuple(map(register.as_json, evidence)), file=files()[claim.label], text=register.text_digest(files()[claim.label]),
        claim=claim.digest[:16], proof=proof_digest(entry), formal=binding(claim.label), **words(entry),
    )


def words(entry: Entry) -> dict[str, Any]:
    """What a line says of the claim in words, which no digest of its meaning sees."""
    claim = entry.claim
    return {"expected": claim.expected, "kind": claim.kind, "title": claim.title, "source": claim.source.key, "place": claim.source.place,
            "formalisation": claim.formalisation, "statement": claim.statement(), "uses": claim.uses, "note": claim.note, "repaired": claim.repaired}


def record(labels: Iterable[str] = (), *, path: Path = register.REGISTER, jobs: int | None = None,
           told: Callable[[str, int, int], None] = lambda label, done, total: None) -> dict[str, Line]:
    """Bring the register up to date: `labels` anew, and whatever is missing or stale; each line is written as soon as it is there."""
    lines = register.salvaged(path)
    changed = differences(lines, {*register.suspects(lines), *(files()[label] for label in labels)})
    lines = {label: line for label, line in lines.items() if label in entries()}
    for label in [label for label, reason in changed.items() if not reason and label in lines]:
        lines[label] = replace(lines[label], text=register.text_digest(lines[label].file), file=files()[label])
    lines = {label: line if changed.get(label) else replace(line, **words(entries()[label])) for label, line in lines.items()}
    anew = {*labels, *(label for label, reason in changed.items() if reason)}
    todo = [label for label in entries() if label in anew or label not in lines or lines[label].formal != binding(label)]
    for done, (label, evidence) in enumerate(_examined(todo, jobs), 1):
        lines[label] = _settled(described(entries()[label], evidence), lines.get(label))
        register.write(lines.values(), path)
        told(label, done, len(todo))
    register.write(lines.values(), path)
    return {label: lines[label] for label in todo}


def _settled(new: Line, old: Line | None) -> Line:
    """The old line where only times differ, so that a second recording changes nothing."""
    def timeless(line: Line) -> Line:
        return replace(line, evidence=tuple({k: v for k, v in e.items() if k != "seconds"} for e in line.evidence))

    return old if old is not None and timeless(old) == timeless(new) else new


def _examined(labels: list[str], jobs: int | None) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    count = min(jobs or os.cpu_count() or 1, len(labels))
    with ProcessPoolExecutor(count) if count > 1 else nullcontext() as pool:
        work = partial(examine, cases=CASES)
        yield from zip(labels, pool.map(work, labels) if pool else map(work, labels), strict=True)
