"""Evidence on disk, so that an interrupted run resumes and the report need not prove again what it proved a minute ago.

Everything is bound to the source text of the rooms that decide: other code, other folder.
"""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Final

import numerics
import theorems
from numerics.ledger import Row, closure, examine, verdict_on
from overproof.output import write
from overproof.registered import recorded
from theorems.chapters import entries
from theorems.evidence import Evidence, digest
from theorems.register import verdict_json, verdict_of

KEPT: Final = Path(".overproof") / "ledger"


def source_digest() -> str:
    """sha256 over every Python file of the rooms that decide, and over the records that measured claims rest on."""
    total = hashlib.sha256()
    roots = [Path(str(room.__file__)).parent for room in (theorems, numerics)]
    files = [path for root in roots for path in sorted(root.rglob("*.py"))] + sorted((roots[0].parent / "gpu_validation" / "records").rglob("*.json"))
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def as_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "claim_digest": evidence.claim_digest, "method": evidence.method, **verdict_json(evidence.verdict), "scope": evidence.scope,
        "trusts": list(evidence.trusts), "seconds": evidence.seconds, "environment": dict(evidence.environment),
    }


def from_json(kept: Mapping[str, Any]) -> Evidence:
    return Evidence(kept["claim_digest"], kept["method"], verdict_of(kept), kept["scope"], tuple(kept["trusts"]), seconds=kept["seconds"],
                    environment=kept["environment"])


def rows(
    labels: Iterable[str] = (), *, cases: int = 0, jobs: int = 1, folder: Path | None = None, known: Mapping[str, tuple[Evidence, ...]] | None = None,
    told: Callable[[str, int, int], None] = lambda label, done, total: None,
) -> dict[str, Row]:
    """A row for each label (all when none is named) and everything that they use; `told` hears (label, done, total).

    Each claim's evidence is kept as soon as it is there; what is `known` is not proved again.
    """
    needed = closure(labels)
    wanted = [label for label in entries() if not needed or label in needed]
    folder = (folder or KEPT) / digest({"source": source_digest(), "cases": cases})[:16]
    found = {label: evidence for label in wanted if (evidence := (known or {}).get(label) or _read(folder, label))}
    missing = [label for label in wanted if label not in found]
    done = len(found)
    for label, evidence in _examined(missing, cases, jobs):
        write(_path(folder, label), json.dumps([as_json(e) for e in evidence]))
        found[label] = evidence
        done += 1
        told(label, done, len(wanted))
    listed: dict[str, Row] = {}
    for label in wanted:
        claim = entries()[label].claim
        listed[label] = Row(claim, verdict_on(claim, found[label], listed), found[label])
    return listed


def recorded_rows(*, jobs: int = 1, told: Callable[[str, int, int], None] = lambda label, done, total: None) -> dict[str, Row]:
    """The ledger from the register; only claims whose line is missing or stale are proved now."""
    ledger = recorded()
    return rows(jobs=jobs, told=told, known={label: row.evidence for label, row in ledger.rows.items() if label not in ledger.stale})


def _examined(labels: list[str], cases: int, jobs: int) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Each label with its evidence, in the order in which they are finished."""
    if jobs == 1 or len(labels) < 2:
        for label in labels:
            yield label, examine(label, cases=cases)
        return
    with ProcessPoolExecutor(jobs, initializer=_deaf) as pool:
        try:
            waiting = {pool.submit(examine, label, cases=cases): label for label in labels}
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:
            for process in list(pool._processes.values()):
                process.terminate()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _deaf() -> None:
    """Ctrl-C is for the parent, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _path(folder: Path, label: str) -> Path:
    return folder / (label.replace(":", "-").replace("/", "--") + ".json")


def _read(folder: Path, label: str) -> tuple[Evidence, ...] | None:
    """What an earlier run left of this very claim, or None."""
    try:
        kept = tuple(from_json(e) for e in json.loads(_path(folder, label).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kept if kept and kept[0].claim_digest == entries()[label].claim.digest else None
