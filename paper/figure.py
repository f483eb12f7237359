"""A figure: what it needs, what it says, and how it is drawn from what it was given.

A figure opens no file.  It declares the experiments, operators, reports and closed forms that it draws from, gets
exactly these, and the digests of exactly these go into the sidecar beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, final

from theorems.evidence import Record, digest
from theorems.operator import Operator


def fullest(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records of the profile `full`, or all where there are none of it: sizes are not mixed."""
    found = tuple(records)
    return tuple(record for record in found if record.config["profile"] == "full") or found


@final
@dataclass(frozen=True)
class Given:
    """What a figure may draw from: records by experiment, operators and their reports by name, closed forms by label."""

    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    operators: Mapping[str, Operator] = field(default_factory=dict)
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    formulas: Mapping[str, Callable[..., float]] = field(default_factory=dict)
    formula_texts: Mapping[str, str] = field(default_factory=dict)

    def results(self, experiment: str, **wanted: Any) -> tuple[Any, ...]:
        """The measured results of an experiment's records whose shard has the `wanted` cell."""
        chosen = (r for r in self.records[experiment] if wanted.items() <= r.config["shard"]["cell"].items())
        return tuple(record.measurements["results"] for record in chosen)

    def fullest(self, experiment: str) -> tuple[Record, ...]:
        """The experiment's records of its fullest profile."""
        return fullest(self.records[experiment])

    def digests(self) -> dict[str, Any]:
        """One digest for each input, as the sidecar lists them; times are no part of a report."""
        return {
            "records": {f"{name}/{r.config['profile']}/{r.config['shard']['name']}": r.sha256 for name, rs in self.records.items() for r in rs},
            "operators": {name: operator.digest() for name, operator in self.operators.items()},
            "reports": {name: digest({k: f["verdict"] for k, f in report["verdicts"].items()}) for name, report in self.reports.items()},
            "formulas": {label: digest(text) for label, text in self.formula_texts.items()},
        }


@final
@dataclass(frozen=True)
class Figure:
    """`draw(given)` returns a matplotlib figure; `labels` are the claims that it shows; `caption` is its text.

    `every_report` asks for the verdicts of all shipped operators and rogues.
    """

    title: str
    caption: str
    labels: tuple[str, ...]
    draw: Callable[[Given], Any]
    experiments: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    every_report: bool = False
