"""The ledger's evidence on disk: written by a full replay, read back without replaying anything.

The file names the digest of every source file that the evidence rests on.  Where a digest has changed the evidence
is stale, and reading it raises: stale evidence is never shown as if it were about the present text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from theorems.errors import StaleCertificate
from theorems.evidence import write_atomically

FORMAT = 1
PLACE = Path(__file__).with_name("recorded.json")
ROOMS = ("theorems", "numerics")


def sources() -> dict[str, str]:
    """sha256 of every Python file of the two rooms, by path from their common parent."""
    root = Path(__file__).parent.parent
    files = sorted(f for room in ROOMS for f in (root / room).rglob("*.py"))
    return {f.relative_to(root).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def write(rows: list[dict[str, Any]], environment: Mapping[str, str], place: Path = PLACE) -> None:
    """Record `rows` (the entries of `claims --json`, with title and LaTeX) with the digests of all sources."""
    body = {"format": FORMAT, "environment": dict(environment), "sources": sources(), "claims": rows}
    write_atomically(place, json.dumps(body, indent=1, sort_keys=True) + "\n")


def read(place: Path = PLACE) -> list[dict[str, Any]]:
    """The recorded rows; `StaleCertificate` names the first file that has changed since."""
    try:
        body = json.loads(place.read_text(encoding="utf-8"))
        rows, recorded = body["claims"], body["sources"]
    except (OSError, ValueError, KeyError) as fault:
        raise StaleCertificate(f"{place.name} holds no recorded evidence ({fault}); run `overproof claims --replay`") from None
    present = sources()
    changed = sorted(f for f in {*present, *recorded} if present.get(f) != recorded.get(f))
    if changed:
        raise StaleCertificate(f"{changed[0]} has changed since the evidence was recorded; run `overproof claims --replay`")
    return rows  # type: ignore[no-any-return]
