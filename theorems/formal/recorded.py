"""The recorded evidence of the wing: read without Coq, refused when any file changed since.

`evidence.json` holds the Coq version, every file's digest (alone, and with its requirements), and per theorem the label,
the statement as `Check` prints it, the definitions that it `rests` on and the axioms that `Print Assumptions` lists.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, final

from theorems.errors import StaleCertificate, UnknownLabel
from theorems.evidence import Evidence, digest
from theorems.formal.compared import UNCOMPARED, compared, wording
from theorems.formal.sources import FOLDER, Wing, read_wing
from theorems.verdict import Proved, Refuted

RECORD = "evidence.json"
_MEND = "run `make formal`"


@final
@dataclass(frozen=True)
class RecordedTheorem:
    """One theorem as the kernel saw it; `kind` is "claim", or "refutes" when it shows the claim false."""

    key: str
    label: str
    part: str
    kind: str
    file: str
    name: str
    sentence: str
    statement: str
    rests: str
    axioms: tuple[str, ...]


@final
@dataclass(frozen=True)
class Recorded:
    """The whole record; `files` maps a name to (sha256, closure)."""

    coq: str
    files: Mapping[str, tuple[str, str]]
    theorems: tuple[RecordedTheorem, ...]
    partial: Mapping[str, str]
    axioms: Mapping[str, str]

    def labels(self) -> tuple[str, ...]:
        return tuple(sorted({theorem.label for theorem in self.theorems}))

    def of(self, label: str) -> tuple[RecordedTheorem, ...]:
        """The theorems of one label, in file order; `UnknownLabel` when there is none."""
        if found := tuple(theorem for theorem in self.theorems if theorem.label == label):
            return found
        raise UnknownLabel(f"no Coq theorem carries the label {label}")

    def complete(self, label: str) -> bool:
        """Do the theorems cover the whole claim?"""
        return bool(self.of(label)) and label not in self.partial

    def trusts(self, label: str) -> tuple[str, ...]:
        """Coq's kernel with its version, and every axiom below the label's theorems."""
        axioms = sorted({axiom for theorem in self.of(label) for axiom in theorem.axioms})
        return (f"Coq kernel {self.coq}", *axioms)

    def evidence(self, label: str, claim_digest: str) -> Evidence | None:
        """Evidence of method `formal` for a claim that the theorems cover whole; None for a partial label."""
        if not self.complete(label):
            return None
        refuting = sorted((theorem for theorem in self.of(label) if theorem.kind == "refutes"), key=lambda theorem: theorem.part != "")
        verdict = Refuted({"theorem": refuting[0].name, "statement": refuting[0].statement}) if refuting else Proved()
        general = not refuting and any(re.search(r"\bV\b[^:()]*: nat", theorem.statement) for theorem in self.of(label))
        return Evidence(
            claim_digest=claim_digest, method="formal", verdict=verdict, scope="all V" if general else "as Coq states it", trusts=self.trusts(label),
            environment={"coq": self.coq},
        )

    def carried(self, claim: str) -> str:
        """The label under which the wing carries a claim of the ledger: lemmas of `base:` are `lemma:` here; "" for none."""
        names = (claim, claim.replace("base:", "lemma:", 1))
        return next((name for name in names if name in self.labels()), "")

    def for_claim(self, claim: str, claim_digest: str) -> Evidence | None:
        """Evidence for a claim of the ledger, where theorems state the whole of it, as compared in this wording."""
        label = self.carried(claim)
        return self.evidence(label, claim_digest) if label and not self.left_out(claim, claim_digest) else None

    def left_out(self, claim: str, claim_digest: str) -> str:
        """What the theorems leave out of a claim of the ledger; "" where they state the whole of it, or nothing."""
        label = self.carried(claim)
        if not label or label in self.partial:
            return self.partial.get(label, "")
        return "" if compared().get(claim) == self.wording(claim, claim_digest) else UNCOMPARED

    def wording(self, claim: str, claim_digest: str) -> str:
        """What a reader compares for a claim that the wing carries: its meaning beside Coq's statements."""
        return wording(claim_digest, self.of(self.carried(claim)))

    def binding(self, claim: str) -> str:
        """The digest of everything that the theorems of a claim stand on; "" without theorems."""
        label = self.carried(claim)
        if not label:
            return ""
        closures = sorted({self.files[theorem.file][1] for theorem in self.of(label)})
        left_out = self.partial.get(label, "")
        return digest({"files": closures, "keys": [t.key for t in self.of(label)], "left out": left_out, "compared": compared().get(claim, "")})[:16]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def _read(path: Path) -> Recorded:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Recorded(
            coq=data["coq"], files={name: (own, closure) for name, (own, closure) in data["files"].items()},
            theorems=tuple(RecordedTheorem(**{**entry, "axioms": tuple(entry["axioms"])}) for entry in data["theorems"]),
            partial=data["partial"], axioms=data["axioms"],
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StaleCertificate(f"{path.name} is not a record of the formal wing ({fault}); {_MEND}") from fault


def _compare(recorded: Recorded, wing: Wing) -> None:
    if changed := sorted(set(recorded.files) ^ set(wing.sources)):
        raise StaleCertificate(f"{changed[0]}.v is present on one side only, in the folder or in the record; {_MEND}")
    for name, source in wing.sources.items():
        own, closure = recorded.files[name]
        if own != source.sha256:
            raise StaleCertificate(f"{name}.v was changed after its evidence was recorded; {_MEND}")
        if closure != source.closure:
            raise StaleCertificate(f"a file that {name}.v requires was changed after the evidence was recorded; {_MEND}")
    now = {t.key: (t.label, t.part, t.kind, t.file, t.name) for t in wing.theorems.values()}
    then = {t.key: (t.label, t.part, t.kind, t.file, t.name) for t in recorded.theorems}
    if now != then or dict(wing.partial) != dict(recorded.partial) or len(then) != len(recorded.theorems):
        raise StaleCertificate(f"the record lists other theorems than the files carry; {_MEND}")


def binding(claim: str) -> str:
    """What the recorded evidence of the wing binds a claim to; "" where it is stale or has no theorem."""
    try:
        return present().binding(claim)
    except StaleCertificate:
        return ""


def load(folder: Path = FOLDER) -> Recorded:
    """The recorded evidence of `folder`, every digest compared; `StaleCertificate` names the first difference."""
    recorded = _read(folder / RECORD)
    _compare(recorded, read_wing(folder))
    return recorded


@cache
def present() -> Recorded:
    """The recorded evidence of this very folder, its files the recorded ones byte for byte; `load` compares what they say too."""
    recorded = _read(FOLDER / RECORD)
    texts = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.v")}
    for name in sorted({*texts, *recorded.files}):
        if texts.get(name) != recorded.files.get(name, ("",))[0]:
            raise StaleCertificate(f"{name}.v is not the file that evidence was recorded for; {_MEND}")
    return recorded
