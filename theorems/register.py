"""The register: what is recorded of every claim, one line of JSON a label, sorted; read without SymPy.

A line pins the verdict and the trust list, and holds the evidence with the digests of the claim and of the derivation
that it was made for.  `text` is the digest of the claim's file and of the chapter files it imports: while it is the same,
so are claim and derivation; where it differs, only the digests themselves decide whether the line is stale.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, final

from theorems.errors import InconsistentEvidence, StaleCertificate
from theorems.evidence import PROVING, Evidence, write_atomically
from theorems.labels import CHAPTERS
from theorems.verdict import NAMES, Challenged, Proved, Refuted, Undecided, Verdict, combine, name

ROOM: Final = Path(__file__).resolve().parent
RECORDS: Final = ROOM.parent / "gpu_validation" / "records"
REGISTER: Final = ROOM / "register.jsonl"
MEND: Final = "run `make ledger`"
_KINDS: Final = {word: kind for kind, word in NAMES.items()}
#: Folders of the room whose files claims are written with; the kernel itself is not among them.
_IMPORT: Final = re.compile(r"^\s*from theorems\.([\w.]+) import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_WORD: Final = re.compile(r"\w+")
_WRITTEN: Final = ("lemmas", "operators")


@final
@dataclass(frozen=True)
class Line:
    """One claim as it is recorded: what it says, what it rests on, and its evidence (as JSON, best first)."""

    label: str
    verdict: str
    trusts: tuple[str, ...]
    axioms: tuple[str, ...]
    about: str
    expected: str
    kind: str
    title: str
    source: str
    place: str
    formalisation: str
    statement: str
    uses: tuple[str, ...]
    evidence: tuple[Mapping[str, Any], ...]
    file: str
    text: str
    claim: str
    proof: str
    formal: str = ""
    note: str = ""
    repaired: str = ""

    @property
    def chapter(self) -> str:
        return self.label.split(":")[0]

    def as_text(self) -> str:
        fields = {key: value for key, value in asdict(self).items() if value or key not in ("note", "repaired")}
        return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def read(path: Path = REGISTER) -> dict[str, Line]:
    """Every line by label; `StaleCertificate` names a line that is none."""
    if not path.is_file():
        return {}
    found: dict[str, Line] = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = _line(json.loads(text))
        except (ValueError, TypeError, KeyError) as fault:
            raise StaleCertificate(f"{path.name}, line {number} is no record of a claim ({fault}); {MEND}") from None
        if line.label in found:
            raise StaleCertificate(f"{path.name} holds {line.label} twice; {MEND}")
        found[line.label] = line
    return found


def salvaged(path: Path = REGISTER) -> dict[str, Line]:
    """The lines that can be read, after a merge too: of two lines with one label that for the present text, else the later."""
    found: dict[str, Line] = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            line = _line(json.loads(text))
        except (ValueError, TypeError, KeyError):
            continue
        kept = found.get(line.label)
        if kept is None or kept.text != text_digest(kept.file):
            found[line.label] = line
    return found


def _line(data: Mapping[str, Any]) -> Line:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Line(**fields)


def write(lines: Iterable[Line], path: Path = REGISTER) -> None:
    """All lines, sorted by label."""
    write_atomically(path, "".join(line.as_text() + "\n" for line in sorted(lines, key=lambda line: line.label)))


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict with its witness and reason, as data; `verdict_of` reads it."""
    from theorems.report import plain

    return {"verdict": name(verdict), "witness": plain(getattr(verdict, "witness", {})), "reason": str(getattr(verdict, "reason", ""))}


def as_json(evidence: Evidence) -> dict[str, Any]:
    """One piece of evidence as a line holds it; what is empty is left out."""
    verdict = verdict_json(evidence.verdict)
    data = {
        "method": evidence.method, "verdict": verdict.pop("verdict"), "scope": evidence.scope, "trusts": list(evidence.trusts),
        "seconds": round(evidence.seconds, 2), **verdict,
    }
    return {key: value for key, value in data.items() if value or key in ("method", "verdict", "trusts", "seconds")}


def evidence_of(line: Line) -> tuple[Evidence, ...]:
    """The evidence that a line holds."""
    return tuple(
        Evidence(line.claim, e["method"], verdict_of(e), e.get("scope", ""), tuple(e["trusts"]), seconds=e["seconds"]) for e in line.evidence
    )


def verdict_of(data: Mapping[str, Any]) -> Verdict:
    """The verdict that `verdict_json` wrote."""
    kind, reason = _KINDS[data["verdict"]], data.get("reason", "")
    if kind is Proved:
        return Proved()
    if kind is Refuted:
        return Refuted(data.get("witness", {}))
    return Challenged(data.get("witness", {}), reason) if kind is Challenged else kind(reason)


def own_verdict(label: str, evidence: Iterable[Evidence]) -> Verdict:
    """The verdict on a claim from all its evidence, the claims that it uses taken as stated."""
    first, *others = evidence
    verdict = first.verdict
    for other in others:
        if isinstance(verdict, Proved) and isinstance(other.verdict, Challenged):
            raise InconsistentEvidence(f"{label} is proved, and a case breaks it: {dict(other.verdict.witness)}")
        verdict = combine(verdict, other.verdict)
    return verdict


def joined(label: str, evidence: Iterable[Evidence], uses: Iterable[str], verdicts: Mapping[str, Verdict]) -> Verdict:
    """The verdict on a claim in the ledger: a proof or a refutation needs every used claim proved."""
    verdict = own_verdict(label, evidence)
    if isinstance(verdict, (Proved, Refuted)):
        for used in uses:
            if not isinstance(verdicts.get(used), Proved):
                return Undecided(f"rests on {used}, which is not proved")
    return verdict


def claim_files() -> tuple[str, ...]:
    """Every file that must hold claims, as `chapter/noun`."""
    return tuple(sorted(f"{path.parent.name}/{path.stem}" for chapter in CHAPTERS for path in (ROOM / chapter).glob("*.py")
                        if not path.name.startswith("_")))


def text_digest(file: str) -> str:
    """The digest of a claim's file and of the files it is written with."""
    total = hashlib.sha256()
    paths = sorted(_closure(ROOM / f"{file}.py"))
    if any(".cite(" in _text(path) for path in paths):
        paths += sorted((ROOM / "lemmas").glob("*.py"))
    if any('"measured"' in _text(path) for path in paths):
        paths += sorted(RECORDS.rglob("*.json"))
    for path in paths:
        total.update(f"{path.relative_to(ROOM.parent)}\0{_sha(path)}\0".encode())
    return total.hexdigest()[:16]


def _closure(path: Path) -> set[Path]:
    found, todo = set(), [path]
    while todo:
        here = todo.pop()
        if here not in found and here.is_file():
            found.add(here)
            todo += _imports(here)
    return found


@lru_cache(maxsize=1000)
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=1000)
def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1000)
def _imports(path: Path) -> tuple[Path, ...]:
    """The files of chapters, lemmas, operators and vocabulary that a file imports."""
    folders = {*CHAPTERS, *_WRITTEN}
    found: list[Path] = []
    for module, names in _IMPORT.findall(_text(path)):
        parts = module.split(".")
        if parts == ["vocabulary"]:
            found.append(ROOM / "vocabulary.py")
        elif parts[0] in folders:
            found += [ROOM.joinpath(*parts).with_suffix(".py"), *(ROOM.joinpath(*parts, name).with_suffix(".py") for name in _WORD.findall(names))]
    return tuple(path for path in found if path.is_file())


def suspects(lines: Mapping[str, Line]) -> set[str]:
    """Files whose text is not the recorded one, or of which nothing is recorded."""
    recorded: dict[str, set[str]] = {}
    for line in lines.values():
        recorded.setdefault(line.file, set()).add(line.text)
    return {file for file in claim_files() if recorded.get(file) != {text_digest(file)}} | (set(recorded) - set(claim_files()))


__all__ = [
    "MEND", "PROVING", "REGISTER", "Line", "as_json", "claim_files", "evidence_of", "joined", "own_verdict", "read", "salvaged", "suspects", "text_digest",
    "verdict_json", "verdict_of", "write",
]
