"""`overproof check`: certificates replayed by the checker, which computes the verdict afresh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from numerics.checker import check_file
from overproof.output import checked_target, deliver
from overproof.showing import columns, counted, paint, table
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.report import Finding, detail
from theorems.verdict import name


def check_files(files: Sequence[Path], *, json: str | None) -> int:
    """0 if every certificate replays (as a proof or as a counterexample), 1 if one does not."""
    checked_target(json)
    rows = [("file", "kind", "verdict", "claim")]
    notes = [""]
    entries: list[dict[str, Any]] = []
    for path in files:
        if not path.is_file():
            raise OverproofError(f"there is no file {path}; check the path")
        for checked in check_file(path):
            finding, claim = Finding(checked.verdict, "", "enclosure"), claim_text(checked.certificate)
            rows.append((path.name, checked.certificate.kind, name(checked.verdict), claim))
            notes.append(detail(finding))
            said = {key: finding.to_json()[key] for key in ("verdict", "witness", "reason")}
            entries.append({"file": str(path), "kind": checked.certificate.kind, "claim": claim, **said})
    rejected = sum(entry["verdict"] not in ("proved", "refuted") for entry in entries)
    count = f"{counted(len(entries), 'certificate')}, {len(entries) - rejected} replayed, {rejected} rejected"
    lines = [*table(rows, columns(rows, (32, 16, 12)), notes), "", count]
    deliver({"certificates": entries, "rejected": rejected}, json, "\n".join(map(paint, lines)) + "\n")
    return 1 if rejected else 0


def claim_text(certificate: Certificate) -> str:
    """What a certificate is about: an axiom of an operator, or an inequality on a box, on one line."""
    claim = certificate.claim
    if "axiom" in claim:
        operator = claim.get("operator") or {}
        return f"{claim['axiom']} of {operator.get('expression', '?')} for T in {':'.join(map(str, operator.get('domain', '?')))}"
    ends = ", ".join(f"{name} in [{low}, {high}]" for name, low, high in claim.get("variables", ()))
    return f"{claim.get('expression', '?')} {claim.get('relation', '?')} 0 for {ends}"
