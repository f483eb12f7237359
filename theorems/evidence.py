"""Evidence, certificates and records: frozen data, JSON in and out.

Only the methods `symbolic`, `smt`, `enclosure` and `formal` may prove or refute; `sampling` and
`training` support or challenge.  A certificate holds no verdict: the checker computes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, final

from theorems.errors import OverproofError, StaleCertificate
from theorems.verdict import Challenged, OutOfScope, Proved, Refuted, Supported, Undecided, Vacuous, Verdict

PROVING = frozenset({"symbolic", "smt", "enclosure", "formal"})
TESTING = frozenset({"sampling", "training"})


def canonical_json(value: object) -> str:
    """The one spelling of a JSON value that is hashed: sorted keys, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(value: object) -> str:
    """sha256 of the canonical JSON of `value`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@final
@dataclass(frozen=True)
class Certificate:
    """What the checker replays: a claim, and a bisection tree or a witness.  It holds no verdict."""

    kind: str
    claim: Mapping[str, Any]
    claim_digest: str
    operator_digest: str
    precision: int
    body: Mapping[str, Any]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


@final
@dataclass(frozen=True)
class Evidence:
    """One argument for or against one claim."""

    claim_digest: str
    method: str
    verdict: Verdict
    scope: str = ""
    trusts: tuple[str, ...] = ()
    certificate: Certificate | None = None
    seconds: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        match self.verdict:
            case Proved() | Refuted():
                allowed = self.method in PROVING
            case Supported() | Challenged():
                allowed = self.method in TESTING
            case Undecided() | OutOfScope() | Vacuous():
                allowed = self.method in PROVING | TESTING
        if not allowed:
            raise OverproofError(f"evidence by {self.method} cannot carry the verdict {type(self.verdict).__name__}")


@final
@dataclass(frozen=True)
class Record:
    """Measurements of one experiment shard, written once: numbers with uncertainty, no opinions.

    `sha256` covers every other field; a record that does not match it is refused.
    """

    experiment: str
    labels: tuple[str, ...]
    config: Mapping[str, Any]
    seeds: tuple[int, ...]
    source_digest: str
    versions: Mapping[str, str]
    device: str
    measurements: Mapping[str, Any]
    sha256: str = ""

    def body(self) -> dict[str, Any]:
        """Every field that the sha256 covers."""
        fields = asdict(self)
        del fields["sha256"]
        return json.loads(json.dumps(fields))

    def sealed(self) -> Record:
        """The same record with its sha256."""
        return Record(**{**self.__dict__, "sha256": digest(self.body())})

    def write(self, path: Path) -> None:
        sealed = self.sealed()
        write_atomically(path, json.dumps({**sealed.body(), "sha256": sealed.sha256}, indent=1, sort_keys=True) + "\n")

    @staticmethod
    def read(path: Path) -> Record:
        """The record at `path`; `StaleCertificate` names a corrupted or foreign file."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            record = Record(**{**data, "labels": tuple(data["labels"]), "seeds": tuple(data["seeds"])})
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise StaleCertificate(f"{path.name} is not a record of overproof ({fault}); delete it and train again") from fault
        if digest(record.body()) != record.sha256:
            raise StaleCertificate(f"{path.name} was changed after it was written; delete it and train again")
        return record
