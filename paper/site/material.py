"""Everything that the report shows: ledger, judged records, reports on operators, certificates, Coq's record, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final

from numerics.judge import Comparison, Judgement, measuring, rules
from numerics.ledger import Row
from theorems.evidence import Record
from theorems.formal.recorded import RecordedTheorem


@final
@dataclass(frozen=True)
class Picture:
    """A drawn figure: its name, words, claims, and the SVG itself."""

    name: str
    title: str
    caption: str
    labels: tuple[str, ...]
    svg: bytes


@final
@dataclass(frozen=True)
class Material:
    """Gathered by the front door; the report adds no fact of its own.

    `replayed` says that every claim was proved again for this very report; else the evidence is as recorded.
    """

    rows: Mapping[str, Row]
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    certificates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    theorems: Mapping[str, tuple[RecordedTheorem, ...]] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    ledger: Mapping[str, Any] = field(default_factory=dict)
    replayed: bool = False

    def comparisons(self, label: str) -> list[Comparison]:
        """Both measured sides, for every place where the label was measured."""
        rule = rules().get(label)
        return [c for record in self.measuring(label) for c in rule.compare(record)] if rule else []

    def measuring(self, label: str) -> tuple[Record, ...]:
        return measuring(label, self.records)
