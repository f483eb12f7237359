"""`overproof claims LABEL --at NAME=NUMBER,...`: the closed forms of one claim at a user's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numerics.at import ClaimAt, claim_at
from overproof.output import checked_target, deliver
from overproof.showing import columns, table, wrapped
from theorems.errors import OutOfDomain, UnknownLabel
from theorems.verdict import name


def evaluate(labels: Sequence[str], *, at: str, json: str | None) -> int:
    """0 with the values; numbers outside the hypotheses raise, after the JSON has said so."""
    checked_target(json)
    if len(labels) != 1:
        raise UnknownLabel("--at works out one claim; name exactly one label, e.g. path:parameters")
    found = claim_at(labels[0], **numbers(at))
    if found.outside is not None:
        deliver(entry(found), json, "")
        raise OutOfDomain(f"{name(found.outside)}: {found.outside.reason}")
    deliver(entry(found), json, show(found))
    return 0


def numbers(text: str) -> dict[str, str]:
    """`T=2,L=5` as a mapping."""
    found: dict[str, str] = {}
    for part in text.split(","):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if not (sign and key and value):
            raise OutOfDomain(f"--at: cannot read {part.strip() or 'an empty part'}; write NAME=NUMBER,NAME=NUMBER")
        if key in found:
            raise OutOfDomain(f"--at gives {key} twice; keep one")
        found[key] = value
    return found


def entry(found: ClaimAt) -> dict[str, Any]:
    """What `--json` writes; `values` is empty where the numbers are out of scope."""
    return {
        "label": found.claim.label, "at": {key: str(value) for key, value in found.numbers.items()},
        "verdict": "in-scope" if found.outside is None else name(found.outside), "reason": "" if found.outside is None else found.outside.reason,
        "values": {v.name: {"meaning": v.meaning, "formula": str(v.term), "exact": str(v.exact), "decimal": v.decimal} for v in found.values},
        "assumed": list(found.assumed),
    }


def show(found: ClaimAt) -> str:
    """Each closed form with its value, then what is taken for granted."""
    lines = wrapped(f"{found.claim.label}: {found.claim.title}", later="    ")
    lines += wrapped("at " + ", ".join(f"{key} = {value}" for key, value in found.numbers.items()), later="    ")
    rows = [("", "value", ""), *((v.name, v.decimal, v.meaning) for v in found.values)]
    lines += ["", *table(rows, columns(rows, (12, 20)), ["", *(f"= {v.term}" for v in found.values)])]
    if found.assumed:
        lines += ["", "assumed of your run:"]
        lines += [line for text in found.assumed for line in wrapped(text, first="    ", later="        ")]
    return "\n".join(lines) + "\n"
