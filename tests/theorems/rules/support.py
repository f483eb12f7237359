"""Runs one small derivation through the kernel."""

from numerics.engines import BallEngines
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.proof import check_proof
from theorems.verdict import Proved, Refuted


def accepted(hypotheses, conclusion, derive, *, kind="identity"):
    """Whether the kernel accepts `derive` as a proof of the claim."""
    claim = Claim("test:rule", "one rule", Source("ours", "test"), "ours", kind, tuple(hypotheses), conclusion)
    derivation = Derivation(claim)
    derive(derivation)
    return isinstance(check_proof(claim, derivation.done(), {}, BallEngines()).verdict, (Proved, Refuted))
