"""One claim of the ledger proved or judged, its evidence, and the verdict once everything that it uses has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import final

from numerics.engines import BallEngines
from theorems.catalogue import operators
from theorems.chapters import find, library
from theorems.claim import Claim
from theorems.entry import Entry
from theorems.errors import StaleCertificate
from theorems.evidence import PROVING, Evidence
from theorems.formal.recorded import present
from theorems.proof import check_proof
from theorems.register import joined
from theorems.verdict import Proved, Undecided, Verdict, name


@final
@dataclass(frozen=True)
class Row:
    """One line of the ledger: a claim, its verdict, and the evidence behind it."""

    claim: Claim
    verdict: Verdict
    evidence: tuple[Evidence, ...]

    @property
    def trusts(self) -> tuple[str, ...]:
        """Everything that the deciding evidence trusts."""
        return trusted(self.evidence)


def trusted(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """What the evidence that decides trusts; where none can prove, as for a measured claim, what was run and judged."""
    found = tuple(evidence)
    deciding = [e for e in found if e.method in PROVING] or found
    return tuple(sorted({t for e in deciding for t in e.trusts}))


def prove(label: str) -> Evidence:
    """Replay the derivation of one claim, or judge the records of a measured one; the claims that it uses are taken as stated."""
    entry = find(label)
    if entry.operator:
        return matrix(entry)
    if entry.claim.kind == "measured":
        from numerics.measured import measured

        return measured(entry.claim)
    return check_proof(entry.claim, entry.proof(), library(entry.claim), BallEngines())


def matrix(entry: Entry) -> Evidence:
    """The axiom matrix of a shipped operator: proved when every verdict of `verify` is the pinned one."""
    from numerics.verify import verify

    operator = operators()[entry.operator]
    report = verify(operator)
    wrong = [f"{label} came out {name(found.verdict)}, not {operator.expected.get(label, 'proved')}"
             for label, found in report.verdicts.items() if name(found.verdict) != operator.expected.get(label, "proved")]
    verdict = Undecided("; ".join(wrong)) if wrong else Proved()
    trusts = tuple(sorted({t for found in report.verdicts.values() for t in found.trusts}))
    return Evidence(entry.claim.digest, "symbolic", verdict, "all V, the whole domain of T", trusts, seconds=report.seconds)


def examine(label: str, *, cases: int = 0) -> tuple[Evidence, ...]:
    """The replayed derivation, Coq's theorem where one states the whole claim, and, for `cases` > 0, an attempt to break it by sampling."""
    entry, evidence = find(label), (prove(label), *formal(label))
    if cases == 0 or entry.operator or entry.claim.kind in ("refutation", "measured"):
        return evidence
    from numerics.falsify import falsify

    return (*evidence, falsify(entry, cases=cases))


def formal(label: str) -> tuple[Evidence, ...]:
    """Coq's recorded evidence for the whole claim; none where its theorems state a part, or another text of theirs was recorded."""
    try:
        found = present().for_claim(label, find(label).claim.digest)
    except StaleCertificate:
        return ()
    return () if found is None else (found,)


def closure(labels: Iterable[str]) -> set[str]:
    """The labels and everything that they use."""
    needed, todo = set(), list(labels)
    while todo:
        label = todo.pop()
        if label not in needed:
            needed.add(label)
            todo += find(label).claim.uses
    return needed


def verdict_on(claim: Claim, evidence: tuple[Evidence, ...], rows: Mapping[str, Row]) -> Verdict:
    """The verdict in the ledger, what the claim uses being among the rows already."""
    return joined(claim.label, evidence, claim.uses, {label: row.verdict for label, row in rows.items()})


def foundations(label: str, rows: Mapping[str, Row]) -> set[str]:
    """What the verdict on `label` rests on in the end: engines and citations, used claims opened up."""
    resting: set[str] = set()
    for trust in rows[label].trusts:
        resting |= foundations(trust, rows) if trust in rows and trust != label else {trust}
    return resting
