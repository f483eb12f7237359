"""What figures, paper and report are made of: records, judgements, reports on operators, certificates, Coq's record.

Reports on operators are kept under `.overproof/reports/`, bound to the source text, so that they are made once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from overproof import __version__, making
from overproof.keeping import source_digest
from overproof.output import write
from paper.gallery import read_records, shipped_records
from theorems import catalogue
from theorems.chapters import entries
from theorems.crosswalk import CROSSWALK
from theorems.errors import OverproofError
from theorems.evidence import Record, digest
from theorems.verdict import name

KEPT: Final = Path(".overproof") / "reports"
#: Version of the ledger's JSON; a field may be added within a version, never removed or given another meaning.
LEDGER_VERSION: Final = 1
LEDGER_SCHEMA: Final = "overproof-ledger"


def records(folders: Iterable[Path] = ()) -> tuple[Record, ...]:
    """The records that travel with the package and, above them, those of the folders; a named folder must exist."""
    folders = tuple(folders)
    for folder in folders:
        if not folder.is_dir():
            raise OverproofError(f"there is no folder {folder}; name one that `overproof train --out` wrote")
    return read_records([shipped_records(), *folders])


def reports(tell: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """The report on every shipped operator and rogue, as JSON, made now or kept from before."""
    return {key: kept["report"] for key, kept in verified(tell).items()}


def verified(
    tell: Callable[[str], None] = lambda text: None, *, folder: Path | None = None, budget: float | None = None, seed: int = 0,
    names: Collection[str] = (),
) -> dict[str, Any]:
    """The report and certificates of each operator, or of those named; what is new is kept at once, so that a second run resumes."""
    folder = (folder or KEPT) / digest({"source": source_digest(), "budget": budget, "seed": seed})[:16]
    found = {}
    for key, operator in catalogue.operators().items():
        if names and key not in names:
            continue
        path = folder / f"{operator.digest()[:16]}-{digest(key)[:8]}.json"
        try:
            found[key] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            report = making.verify(operator, budget=budget, seed=seed)
            certificates = {label: [json.loads(one.to_json()) for one in f.certificates] for label, f in report.verdicts.items() if f.certificates}
            found[key] = {"report": report.to_json(), "certificates": certificates}
            write(path, json.dumps(found[key]))
        tell(key)
    return found


def judged(of: Sequence[Record]) -> dict[str, Any]:
    """What the judge makes of the records, by label."""
    from numerics.judge import judge

    return {j.label: j for j in judge(of, claims={label: entry.claim.digest for label, entry in entries().items()})}


def coq_theorems() -> dict[str, tuple[Any, ...]]:
    """The recorded Coq theorems by label; none where the record is stale, which `make formal` mends."""
    from overproof.registered import wing

    found = wing()
    return {label: found.of(label) for label in found.labels()} if found else {}


def ledger_json(rows: Mapping[str, Any], judgements: Mapping[str, Any], found: Mapping[str, Any], theorems: Mapping[str, Any]) -> dict[str, Any]:
    """The machine-readable ledger, as paper/README.md documents it; without times, so that equal results are equal files."""
    from overproof.crossing import entry as cross

    lived = {label: listed(row) for label, row in rows.items()}
    return {
        "schema": LEDGER_SCHEMA, "version": LEDGER_VERSION, "overproof": __version__,
        "claims": [claim_json(row, lived[label], theorems.get(label, ())) for label, row in rows.items()],
        "operators": {key: operator_json(kept["report"]) for key, kept in found.items()},
        "measured": {label: measured_json(judgement) for label, judgement in judgements.items()},
        "crosswalk": [cross(assertion, lived) for assertion in CROSSWALK],
    }


def listed(row: Any) -> Any:
    """The row as `overproof claims` lists it: what the register says of the claim where that is not stale, and this evidence."""
    from overproof.registered import Listed, live, plainly, recorded

    known, label = recorded(), row.claim.label
    if label not in known.rows or label in known.stale or known.rows[label].line.claim != row.claim.digest[:16]:
        return live(row)
    return Listed(known.rows[label].line, row.evidence, plainly(row.verdict))


def claim_json(row: Any, lived: Any, theorems: Sequence[Any]) -> dict[str, Any]:
    """What `claims --json` lists, without times, with the digest of the claim and the names of its Coq theorems."""
    from overproof.claiming import entry

    shown = entry(lived)
    evidence = [_without(e, "seconds") for e in shown["evidence"]]
    return {**shown, "evidence": evidence, "title": row.claim.title, "digest": row.claim.digest, "formal": [t.name for t in theorems]}


def operator_json(report: Mapping[str, Any]) -> dict[str, Any]:
    verdicts = {label: _without(finding, "seconds") for label, finding in report["verdicts"].items()}
    return {"operator": report["operator"], "legal": report["legal"], "verdicts": verdicts}


def measured_json(judgement: Any) -> dict[str, Any]:
    verdict = judgement.evidence.verdict
    return {"verdict": name(verdict), "scope": judgement.evidence.scope, "comparisons": judgement.comparisons, "as_expected": judgement.as_expected,
            "reason": str(getattr(verdict, "reason", ""))}


def _without(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in mapping.items() if k != key}


def workshop() -> Path:
    """Where the paper is built: `paper/` in a checkout that one stands in, else `.overproof/paper/`."""
    here = Path("paper")
    return here if (here / "gallery.py").is_file() else Path(".overproof") / "paper"
