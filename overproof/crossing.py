"""`overproof claims --crosswalk`: what each source asserts, the claims that formalise it, and their verdicts.

The summary of an assertion is shown only where every claim that it speaks of is in the ledger and came out as expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from overproof.output import checked_target, deliver
from overproof.registered import Listed, recorded
from overproof.showing import paint, wrapped
from theorems.crosswalk import CROSSWALK, Assertion
from theorems.errors import UnknownLabel
from theorems.verdict import name

ABSENT = "not in the ledger"


def crosswalk(*, source: str | None, json: str | None) -> int:
    """0 if every claim in the ledger came out as expected, 1 if one did not."""
    checked_target(json)
    keys = sorted({a.source for a in CROSSWALK})
    if source is not None and source not in keys:
        raise UnknownLabel(f"no assertion has the source {source}; choose from {', '.join(keys)}")
    chosen = [a for a in CROSSWALK if source in (None, a.source)]
    rows = {label: row for label, row in recorded().rows.items() if any(label in a.claims for a in chosen)}
    listed = [entry(a, rows) for a in chosen]
    text = "\n".join(line for a, e in zip(chosen, listed, strict=True) for line in shown(a, e, rows))
    deliver(listed, json, text + "\n")
    return int(any(not as_expected(row) for row in rows.values()))


def as_expected(row: Listed) -> bool:
    return name(row.verdict) == row.line.expected


def entry(assertion: Assertion, rows: Mapping[str, Listed]) -> dict[str, Any]:
    """One assertion as `claims --crosswalk --json` lists it."""
    missing = [label for label in assertion.claims if label not in rows]
    settled = not missing and all(as_expected(rows[label]) for label in assertion.claims)
    summary = assertion.summary if settled else f"open: {', '.join(missing or assertion.claims)}"
    return {"source": assertion.source, "assertion": f"{assertion.number} {assertion.sense}", "claims": list(assertion.claims), "summary": summary}


def shown(assertion: Assertion, listed: dict[str, Any], rows: Mapping[str, Listed]) -> list[str]:
    """Source and sense, each claim with its verdict, the summary."""
    lines = wrapped(f"{assertion.source} {listed['assertion']}", later="    ")
    lines += [f"    {label:34}{name(rows[label].verdict) if label in rows else ABSENT}" for label in assertion.claims]
    return [*map(paint, lines), *wrapped(listed["summary"], first="  = ", later="    "), ""]
