"""The ledger: how long proof and attack of the learning theory take from a cold start, and how long a look at the recorded ledger takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from overproof import keeping, stages
from tests.bench import Measurement, median_of
from theorems.chapters import entries
from theorems.verdict import name

CHAPTERS = ("op", "bv", "path", "eq", "access")
PROCESSES = 2


def examine(folder: Path) -> str:
    """Every claim of the chapters and what it uses, proved and attacked; another verdict than the pinned one is no figure."""
    labels = [label for label in entries() if label.split(":")[0] in CHAPTERS]
    rows = keeping.rows(labels, cases=stages.CASES, jobs=PROCESSES, folder=folder)
    odd = [label for label, row in rows.items() if name(row.verdict) != row.claim.expected]
    if odd:
        raise AssertionError(f"not as pinned: {', '.join(odd)}")
    return f"{len(rows)} claims, {PROCESSES} processes"


def measure() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        note = examine(Path(folder))
        yield Measurement("claims of sections 2 to 6 and what they use, proved and attacked", time.perf_counter() - start, "s", at_most=240, note=note)
    listing = [sys.executable, "-m", "overproof", "claims"]
    yield Measurement("overproof claims", median_of(lambda: subprocess.run(listing, capture_output=True, check=True)), "s", at_most=2)
