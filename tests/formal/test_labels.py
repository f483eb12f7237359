"""Every label of the wing belongs to a claim, or to the wing itself and is listed here; every claim that Coq must state, it states."""

from __future__ import annotations

from pathlib import Path

from tests.formal.conftest import NEXT
from theorems.chapters import entries
from theorems.formal import Wing, read_wing
from theorems.lemmas import lemmas

#: Labels that no claim of the ledger carries: what other theorems of the wing or rules of the kernel stand on, and the bench.
ALONE = {
    "bench:entropy-gain", "bench:power-lowers-top", "bench:x-log-x",
    "lemma:entropy-bounds", "lemma:expectation-monotone", "lemma:fundamental-theorem", "lemma:hoeffding-tail", "lemma:induction", "lemma:kl-convex", "lemma:mean-value",
    "lemma:simplex",
}
#: What the wing must state: the lemmas, the two operators, and the core of each chapter.
REQUIRED = {
    "access:privacy-power", "access:topk", "access:topk-fill", "access:topk-softened", "base:gibbs", "base:hoeffding", "base:log-sum",
    "base:majorisation-entropy", "base:pinsker", "base:ratio", "bv:bregman", "bv:criterion", "bv:criterion-as-stated", "bv:kl", "bv:reverse-kl", "bv:squared",
    "bv:triple-point", "dp:unrolling", "joint:bound", "joint:frozen-head", "op:hilbert", "op:mixing", "op:mixing-contraction", "op:power",
    "op:separable-criterion", "path:anchored", "path:floor", "path:hoeffding", "path:logit-length", "path:quadratic-stages", "path:temperature",
    "tree:finite-class",
}


def names(claim: str) -> set[str]:
    """The labels under which the wing may carry a claim."""
    return {claim, claim.replace("base:", "lemma:", 1)}


def stray(wing: Wing) -> set[str]:
    """Labels of the wing that no claim and no lemma of the suite has."""
    known = {name for claim in entries() for name in names(claim)} | {lemma.claim.label for lemma in lemmas().values()}
    return set(wing.labels()) - known


def missing(wing: Wing) -> set[str]:
    """Claims that must be stated and are not."""
    return {claim for claim in REQUIRED if not names(claim) & set(wing.labels())}


def test_every_label_belongs_to_a_claim_or_is_listed() -> None:
    assert stray(read_wing()) == ALONE


def test_every_required_claim_is_stated() -> None:
    assert set(entries()) >= REQUIRED and not missing(read_wing())


def test_a_label_that_names_nothing_and_a_claim_without_theorem_are_seen(small: Path) -> None:
    (small / "next.v").write_text(NEXT.replace("lemma:twice (four)", "base:giibs"), encoding="utf-8")
    assert stray(read_wing(small)) == {"base:giibs", "lemma:one-plus-one"} and missing(read_wing(small)) == REQUIRED

