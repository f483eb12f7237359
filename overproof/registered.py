"""The ledger as it is recorded: rows made from the register without proving anything, and a note on each line that is stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, final

from theorems import register
from theorems.errors import StaleCertificate, UnknownLabel
from theorems.evidence import Evidence
from theorems.formal.recorded import Recorded, present
from theorems.register import Line
from theorems.verdict import Undecided, Verdict

MEND: Final = "overproof prove --record"
MANY: Final = 4


@final
@dataclass(frozen=True)
class Listed:
    """One row: the recorded line, its evidence, and the verdict that they give in the ledger."""

    line: Line
    evidence: tuple[Evidence, ...]
    verdict: Verdict

    @property
    def trusts(self) -> tuple[str, ...]:
        """Everything that the deciding evidence trusts."""
        return tuple(sorted({t for e in self.evidence if e.method in register.PROVING for t in e.trusts}))


@final
@dataclass(frozen=True)
class Ledger:
    """Every row by label, used claims first, and what is stale: label to reason."""

    rows: Mapping[str, Listed]
    stale: Mapping[str, str]

    def notes(self, labels: Iterable[str]) -> list[str]:
        """One line for each stale row among `labels`, or one for many."""
        stale = [label for label in labels if label in self.stale]
        if len(stale) > MANY:
            return [f"stale: {len(stale)} claims, {', '.join(stale)}; `{MEND}` mends them"]
        return [f"stale: {label} {self.stale[label]}; `{MEND} {label}` mends it" for label in stale]


@cache
def wing() -> Recorded | None:
    """Coq's record; None where it is stale, which `make formal` mends."""
    try:
        return present()
    except StaleCertificate:
        return None


@cache
def recorded() -> Ledger:
    """The whole ledger; no claim is read unless its file changed since it was recorded."""
    lines = register.read()
    stale = _stale(lines)
    rows: dict[str, Listed] = {}
    for label in _ordered(lines):
        line = lines[label]
        evidence, reason = _evidence(line)
        if reason:
            stale.setdefault(label, reason)
        rows[label] = Listed(line, evidence, _verdict(line, evidence, rows, stale))
    return Ledger(rows, stale)


def _stale(lines: dict[str, Line]) -> dict[str, str]:
    """What is missing is put among the lines without evidence, what is superfluous is taken out."""
    suspects = register.suspects(lines)
    if not suspects:
        return {}
    from numerics.recording import blank, differences

    found = {label: reason for label, reason in differences(lines, suspects).items() if reason}
    for label in found:
        fresh = blank(label)
        if fresh is None:
            del lines[label]
        else:
            lines[label] = replace(fresh, evidence=lines[label].evidence if label in lines else ())
    return {label: reason for label, reason in found.items() if label in lines}


def _ordered(lines: Mapping[str, Line]) -> list[str]:
    """Each label after those that it uses, in the order of the register else."""
    done: dict[str, None] = {}

    def put(label: str) -> None:
        if label in lines and label not in done:
            for used in lines[label].uses:
                put(used)
            done[label] = None

    for label in lines:
        put(label)
    return list(done)


def _evidence(line: Line) -> tuple[tuple[Evidence, ...], str]:
    """The line's evidence, Coq's left out where its theorems are not those that were recorded; and why it is."""
    evidence = register.evidence_of(line)
    found = wing()
    if (found.binding(line.label) if found else "") == line.formal:
        return evidence, ""
    return tuple(e for e in evidence if e.method != "formal"), "has Coq theorems that are not the recorded ones"


def _verdict(line: Line, evidence: tuple[Evidence, ...], rows: Mapping[str, Listed], stale: Mapping[str, str]) -> Verdict:
    if not evidence:
        return Undecided("nothing is recorded")
    if line.label in stale and "Coq" not in stale[line.label]:
        return Undecided(f"stale: {line.label} {stale[line.label]}")
    return register.joined(line.label, evidence, line.uses, {label: row.verdict for label, row in rows.items()})


def live(row: Any) -> Listed:
    """A row that was proved just now (`numerics.ledger.Row`), as a recorded one would be."""
    from numerics.recording import described
    from theorems.chapters import find

    line = described(find(row.claim.label), row.evidence)
    return Listed(line, register.evidence_of(line), plainly(row.verdict))


def plainly(verdict: Verdict) -> Verdict:
    """The verdict as a recorded one would be, its witness plain data."""
    return register.verdict_of(register.verdict_json(verdict))


def choose(labels: Iterable[str], source: str | None = None, chapter: str | None = None) -> list[str]:
    """The labels asked for, all if none is, of one source or chapter if one is named; `op:` takes a chapter, `op:a` also `op:a/b`."""
    known = recorded().rows
    sources, chapters = ({getattr(row.line, field) for row in known.values()} for field in ("source", "chapter"))
    _one_of(source, sources, "source")
    _one_of(chapter and chapter.rstrip(":"), chapters, "chapter")
    wanted: dict[str, None] = {}
    for label in list(labels) or known:
        group = [other for other in known if other.startswith(label if label.endswith(":") else f"{label}/")]
        wanted.update(dict.fromkeys(group if label not in known else [label, *group]))
        if label not in wanted and not group:
            raise UnknownLabel(_unknown(label, known))
    return [label for label in known if label in wanted and source in (None, known[label].line.source)
            and chapter in (None, known[label].line.chapter, f"{known[label].line.chapter}:")]


def _one_of(value: str | None, known: Iterable[str], what: str) -> None:
    if value is not None and value not in set(known):
        raise UnknownLabel(f"no claim has the {what} {value}; choose from {', '.join(sorted(set(known)))}")


def _unknown(label: str, known: Iterable[str]) -> str:
    near = get_close_matches(label, list(known), n=3, cutoff=0.5)
    return f"no claim is labelled {label}; " + (f"did you mean {', '.join(near)}?" if near else "see `overproof claims`")
