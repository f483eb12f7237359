"""Claims about real runs: judged by the records that travel with the package, without the room that measured them.

A measured claim comes out supported or challenged, never proved; without a record it stays undecided.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

from numerics.judge import carries, judge
from theorems.claim import Claim
from theorems.evidence import Evidence, Record
from theorems.verdict import Undecided

SHIPPED = Path(__file__).resolve().parent.parent / "gpu_validation" / "records"


@cache
def shipped_records() -> tuple[Record, ...]:
    """Every record beside the package, in order of path; a corrupted one raises `StaleCertificate`."""
    return tuple(Record.read(path) for path in sorted(SHIPPED.rglob("*.json")))


def measured(claim: Claim) -> Evidence:
    """What the shipped records say about one claim."""
    start = time.perf_counter()
    found = [record for record in shipped_records() if carries(record, claim.label)]
    for judgement in judge(found, claims={claim.label: claim.digest}):
        if judgement.label == claim.label:
            return judgement.evidence
    reason = Undecided("no record that travels with the package measures it; run `overproof train`")
    return Evidence(claim.digest, "training", reason, seconds=time.perf_counter() - start)
