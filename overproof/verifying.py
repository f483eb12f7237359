"""`overproof verify`: from what the user named to a table, JSON, certificates and an exit status."""

from __future__ import annotations

import math
import shlex
from pathlib import Path
from typing import Final

from numerics.budget import TimedOut, interrupt_within
from overproof import making
from overproof.output import checked_target, deliver, write
from overproof.showing import announced, counted, show_report
from theorems.candidate import names_file, parse_candidate
from theorems.errors import InvalidOperator, OverproofError
from theorems.operator import Operator
from theorems.parse import parse_domain
from theorems.report import Report
from theorems.verdict import Proved, Refuted, Verdict

PROVED: Final = 0
REFUTED: Final = 1
OPEN: Final = 3


def status(legal: Verdict) -> int:
    """The exit status of `verify`."""
    match legal:
        case Proved():
            return PROVED
        case Refuted():
            return REFUTED
        case _:
            return OPEN


def verify_candidate(
    candidate: str, *, domain: str | None, json: str | None, certificates: Path | None, budget: float | None, seed: int
) -> int:
    checked_target(json)
    checked_budget(budget)
    if certificates is not None and certificates.exists() and not certificates.is_dir():
        raise OverproofError(f"--certificates {certificates} is not a folder; name a folder, it is made if missing")
    operator = read(candidate, domain, budget)
    with announced(f"verifying {operator.name}"):
        report = making.verify(operator, budget=budget, seed=seed)
    text = show_report(report)
    if certificates is not None:
        text += keep_certificates(report, certificates)
    deliver(report.to_json(), json, text)
    return status(report.legal)


def read(candidate: str, domain: str | None, budget: float | None = None) -> Operator:
    """The operator that the command line names; a formula that SymPy cannot digest in time, or a file in the budget, is refused."""
    interval = None if domain is None else parse_domain(domain)
    if names_file(candidate) and budget is None:
        return parse_candidate(candidate, interval)
    if names_file(candidate) and budget is not None:
        try:
            return interrupt_within(parse_candidate, (candidate, interval), budget)
        except TimedOut as error:
            raise InvalidOperator(f"{candidate} takes more than the budget of {budget:g} s to import; raise --budget or lighten the file") from error
    try:
        return interrupt_within(parse_candidate, (candidate, interval), making.PARSE_SECONDS, limit=making.limit_within)
    except TimedOut as error:
        raise InvalidOperator(f"the candidate takes more than {making.PARSE_SECONDS:g} s to read; simplify it") from error


def checked_budget(budget: float | None) -> None:
    """Refuse a budget that is no positive number of seconds."""
    if budget is not None and not (budget > 0 and math.isfinite(budget)):
        raise OverproofError(f"the budget {budget:g} is not a positive number of seconds; write e.g. --budget 20")


def keep_certificates(report: Report, folder: Path) -> str:
    """Write each certificate of `report` to `folder`; says how to replay them."""
    kept = []
    for label, finding in report.verdicts.items():
        if finding.certificates:
            path = folder / (label.replace(":", "-") + ".json")
            texts = [one.to_json() for one in finding.certificates]
            write(path, (texts[0] if len(texts) == 1 else "[" + ",\n".join(texts) + "]") + "\n")
            kept += texts
    if not kept:
        return "no certificates: no verdict rests on one\n"
    return f"{counted(len(kept), 'certificate')} in {folder}; replay with: overproof check {shlex.quote(str(folder))}/*.json\n"
