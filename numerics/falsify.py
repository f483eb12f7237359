"""Tries to break a claim: draws cases with Hypothesis, keeps those that meet the hypotheses, tests the conclusion.

Cases that meet the hypotheses are counted, and too few of them is a failure of the sampler, not a success of the
claim.  A case that breaks the conclusion is returned with its exact numbers.  Sampling supports; it never proves.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, final

import sympy as sp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st

from numerics.engines import BallEngines
from numerics.evaluate import Point, truth
from theorems.claim import Claim
from theorems.entry import Entry, Sample
from theorems.evidence import Evidence
from theorems.logic import Named, Proposition
from theorems.verdict import Challenged, Supported, Undecided

ENOUGH = 0.2


@final
@dataclass
class Tally:
    """How the drawn cases came out."""

    drawn: int = 0
    met: int = 0
    held: int = 0
    broken: Sample | None = None


@final
class HypothesisDraw:
    """Exact numbers drawn through Hypothesis, ends and small denominators included."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def integer(self, low: int, high: int) -> int:
        return int(self.data.draw(st.integers(low, high)))

    def rational(self, low: Any, high: Any) -> sp.Rational:
        low, high = sp.Rational(low), sp.Rational(high)
        parts = self.integer(1, 64)
        return low + (high - low) * sp.Rational(self.integer(0, parts), parts)

    def family(self, size: int, low: Any, high: Any) -> tuple[sp.Rational, ...]:
        return tuple(self.rational(low, high) for _ in range(size))

    def law(self, size: int, *, zeros: bool = False) -> tuple[sp.Rational, ...]:
        weights = [self.integer(0 if zeros else 1, 40) for _ in range(size)]
        total = sum(weights)
        if total == 0:
            weights, total = [1] + [0] * (size - 1), 1
        return tuple(sp.Rational(w, total) for w in weights)


def falsify(entry: Entry, *, cases: int = 60, seed: int = 0) -> Evidence:
    """Evidence by sampling: supported with counts, challenged with the case, or undecided with the reason."""
    claim, tally = entry.claim, Tally()

    @with_seed(seed)
    @settings(max_examples=cases, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def attempt(data: Any) -> None:
        if tally.broken is None:
            one_case(claim, entry, HypothesisDraw(data), tally)

    start = time.perf_counter()
    attempt()
    return Evidence(claim.digest, "sampling", _verdict(tally, cases), f"{tally.met} of {tally.drawn} drawn cases", ("hypothesis", "arb"),
                    seconds=time.perf_counter() - start)


def one_case(claim: Claim, entry: Entry, draw: HypothesisDraw, tally: Tally) -> None:
    """Draw one case and enter it into the tally."""
    sample = entry.sample(draw) if entry.sample else _by_kind(claim, draw)
    point = Point(dict(sample.values), sample.law)
    tally.drawn += 1
    if any(truth(h, point) is not True and not _stood_for(h, sample) for _, h in claim.hypotheses):
        return
    tally.met += 1
    answer = truth(claim.conclusion, point)
    tally.held += answer is True
    if answer is False:
        tally.broken = sample


def _stood_for(hypothesis: Proposition, sample: Sample) -> bool:
    """A named property of the law that no finite law has (normality) and whose moments the sample has instead."""
    return isinstance(hypothesis, Named) and hypothesis.name in sample.stands_for


def _by_kind(claim: Claim, draw: HypothesisDraw) -> Sample:
    engines = BallEngines(draw.integer(0, 10**6))
    point = engines.point((*(h for _, h in claim.hypotheses), claim.conclusion))
    return Sample(point.values, tuple(point.law))


def _verdict(tally: Tally, cases: int) -> Supported | Challenged | Undecided:
    if tally.broken is not None:
        return Challenged({k: str(v) for k, v in tally.broken.values.items()}, "a drawn case breaks the conclusion")
    if tally.held < ENOUGH * cases:
        return Undecided(f"only {tally.met} of {tally.drawn} cases met the hypotheses, {tally.held} could be evaluated")
    return Supported(f"{tally.held} cases met the hypotheses and held")
