"""Record x claim -> Evidence: compare both measured sides with their uncertainty.  Needs no torch.

A record holds raw sides; the closed forms come from `numerics.judge_rules` and, read off the claims, from
`judge_programmes`, `judge_linear` and `judge_joint`.  A deterministic comparison must hold to rounding in every single
run; a statistical one is tested, with Holm's correction over all comparisons of the call.  The verdict is `Supported`
or `Challenged`, never `Proved`; without a comparison it is `Undecided`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from theorems.errors import OutOfDomain
from theorems.evidence import Evidence, Record, digest
from theorems.verdict import Challenged, Supported, Undecided, Verdict

if TYPE_CHECKING:
    from numerics.judge_rules import Rule

#: Family-wise error of all statistical comparisons of one call, and the rounding of nine-digit records.
LEVEL = 0.01
ROUNDING = 1e-7
RELATIONS = ("=", "<=", ">", "differs")


@final
@dataclass(frozen=True)
class Comparison:
    """`left relation right` in one place of one record; `error` is the standard error of left - right, 0 if exact.

    `scale` is the size of the terms that were added up, for rounding; "differs" asks that a difference shows in
    at least one comparison of the label, the other relations that every comparison holds.
    """

    label: str
    where: str
    left: float
    relation: str
    right: float
    error: float = 0.0
    scale: float = 0.0
    rounding: float = ROUNDING

    def __post_init__(self) -> None:
        if self.relation not in RELATIONS or self.error < 0:
            raise OutOfDomain(f"comparison {self.label} at {self.where} needs a relation of {RELATIONS} and an error >= 0")

    @property
    def slack(self) -> float:
        """What rounding may explain."""
        return self.rounding * max(self.scale, *(abs(side) for side in (self.left, self.right) if math.isfinite(side)), 0.0) + 1e-12

    @property
    def unknown(self) -> bool:
        """Whether a side is no number: then nothing was compared."""
        return math.isnan(self.left + self.right + self.error) and not (math.isinf(self.left) or math.isinf(self.right))

    @property
    def broken(self) -> bool:
        """Whether an exact comparison fails beyond rounding; a NaN is broken."""
        gap = self.left - self.right
        if self.relation == "=":
            return not abs(gap) <= self.slack
        if self.relation == "<=":
            return not (gap <= self.slack or self.right == math.inf)
        return not gap > self.slack if self.relation == ">" else not abs(gap) > self.slack

    @property
    def p_value(self) -> float:
        """Of the null hypothesis that the relation holds (that both are equal, for "differs"); normal approximation."""
        if self.unknown:
            return 1.0
        score = (self.left - self.right) / self.error
        if self.relation in ("=", "differs"):
            return math.erfc(abs(score) / math.sqrt(2))
        return math.erfc((score if self.relation == "<=" else -score) / math.sqrt(2)) / 2


def holm(p_values: Sequence[float], level: float = LEVEL) -> list[bool]:
    """Which hypotheses are rejected so that any false rejection has probability at most `level` (Holm 1979)."""
    order = sorted(range(len(p_values)), key=lambda k: p_values[k])
    rejected = [False] * len(p_values)
    for rank, k in enumerate(order):
        if not p_values[k] <= level / (len(p_values) - rank):
            break
        rejected[k] = True
    return rejected


@final
@dataclass(frozen=True)
class Judgement:
    """A label, its evidence, and whether the verdict is the one the theory expects."""

    label: str
    evidence: Evidence
    comparisons: int
    as_expected: bool


def _witness(c: Comparison, failures: int, total: int) -> dict[str, object]:
    return {
        "where": c.where,
        "left": repr(c.left),
        "relation": c.relation,
        "right": repr(c.right),
        "error": repr(c.error),
        "failures": failures,
        "comparisons": total,
    }


def _verdict(comparisons: Sequence[Comparison], rejected: Mapping[int, bool], note: str) -> Verdict:
    if not comparisons:
        return Undecided(note or "no record measures it")
    held = [c for c in comparisons if c.relation != "differs"]
    seen = [c for c in comparisons if c.relation == "differs"]
    failing = [c for c in held if not c.unknown and (rejected[id(c)] if c.error else c.broken)]
    if failing:
        worst = max(failing, key=lambda c: abs(c.left - c.right) / (c.error or c.slack))
        return Challenged(_witness(worst, len(failing), len(held)), f"{len(failing)} of {len(held)} comparisons fail; {note}".rstrip("; "))
    if seen and not any(rejected[id(c)] if c.error else not c.broken for c in seen):
        return Undecided(f"a difference that the claim asserts shows in none of {len(seen)} comparisons")
    unknown = [c for c in comparisons if c.unknown]
    if unknown:
        return Undecided(f"{len(unknown)} of {len(comparisons)} comparisons have a side that is no number, first at {unknown[0].where}")
    statistical = [c for c in held if c.error]
    kinds = {"exact": len(held) - len(statistical), "statistical": len(statistical)}
    kept = " and ".join(f"{many} {kind}" for kind, many in kinds.items() if many)
    parts = [f"{kept} comparison{'s' * (len(held) != 1)} hold{'s' * (len(held) == 1)}"] if held else []
    if statistical:
        parts.append(f"smallest p {min(c.p_value for c in statistical):.2g} (Holm at {LEVEL})")
    if seen:
        parts.append(f"{sum(bool(rejected[id(c)]) if c.error else not c.broken for c in seen)} of {len(seen)} asserted differences show")
    return Supported("; ".join([*parts, note] if note else parts))


def coverage(records: Sequence[Record]) -> str:
    """How much of each profile was run: `tree_extraction quick 9 of 9 shards, tree_extraction full 5 of 23 shards`."""
    found: dict[str, dict[str, list[Record]]] = {}
    for record in records:
        found.setdefault(record.experiment, {}).setdefault(record.config["profile"], []).append(record)
    parts = []
    for experiment, profiles in sorted(found.items()):
        for profile, runs in sorted(profiles.items(), reverse=True):
            names, total = {run.config["shard"]["name"] for run in runs}, runs[0].config["shards"]
            parts.append(f"{experiment} {profile} {len(names)} of {total} shards")
    return ", ".join(parts)


def rules() -> dict[str, Rule]:
    """The rule of each label that is measured."""
    from numerics import judge_joint, judge_linear, judge_programmes, judge_rules

    return {**judge_rules.RULES, **judge_programmes.RULES, **judge_linear.RULES, **judge_joint.RULES}


def carries(record: Record, label: str) -> bool:
    """Whether a record names the label, or the whole (`a`) of which the label is a part (`a/b`)."""
    return label in record.labels or label.rpartition("/")[0] in record.labels


def measuring(label: str, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records that measure a label: all that name it, and for a part those of its whole that have sides of the part to compare."""
    rule = rules().get(label)
    return tuple(r for r in records if label in r.labels or (rule is not None and carries(r, label) and next(rule.compare(r), None) is not None))


def judge(records: Iterable[Record], *, claims: Mapping[str, str] | None = None) -> tuple[Judgement, ...]:
    """One judgement for each label that the records measure; `claims` gives the digests of the labels' claims."""
    known = rules()
    records = tuple(records)
    named = {label for record in records for label in record.labels}
    sources = {label: found for label in sorted(named | set(known)) if (found := measuring(label, records))}
    found: dict[str, tuple[list[Comparison], str]] = {}
    for label, own in sources.items():
        rule = known.get(label)
        comparisons = [c for record in own for c in rule.compare(record)] if rule else []
        found[label] = (comparisons, rule.note(own) if rule and comparisons else "" if rule else "no rule compares its sides")
    tested = [c for comparisons, _ in found.values() for c in comparisons if c.error]
    rejected = {id(c): flag for c, flag in zip(tested, holm([c.p_value for c in tested]), strict=True)}
    judgements = []
    for label, (comparisons, note) in found.items():
        verdict = _verdict(comparisons, rejected, note)
        evidence = Evidence(
            claim_digest=(claims or {}).get(label, digest({"label": label})),
            method="training",
            verdict=verdict,
            scope=f"{coverage(sources[label])}: {len(comparisons)} comparisons",
            trusts=("torch", "gpu_validation", "numerics.judge"),
            environment={"device": ", ".join(sorted({r.device for r in sources[label]}))},
        )
        expected = known[label].expected if label in known else "supported"
        judgements.append(Judgement(label, evidence, len(comparisons), isinstance(verdict, Challenged) == (expected == "challenged")))
    return tuple(judgements)


def surprises(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that stop a build: a claim expected to stand is challenged, or one expected to fall is not."""
    return tuple(j for j in judgements if not j.as_expected)
