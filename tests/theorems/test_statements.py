"""What claims may not say: nothing that is true of its spelling alone, and no source that a reader cannot find."""

import sympy as sp

from theorems.chapters import entries
from theorems.claim import Claim, Source
from theorems.foundations.parabola import CLAIM, LEAST
from theorems.logic import All, Relation, eq

SOURCES = {"SKD", "PL", "LW", "BA", "IJC", "ours"}


def empty(claim: Claim) -> list[Relation]:
    """Relations of a claim with one and the same term on both sides."""
    said = (*(hypothesis for _, hypothesis in claim.hypotheses), claim.conclusion)
    return [node for part in said for node in sp.preorder_traversal(part) if isinstance(node, Relation) and node.left == node.right]


def hidden(source: Source) -> bool:
    """Whether the source is no published work, nor this project or a textbook."""
    return source.key not in SOURCES or "THEORY" in source.place or (source.key == "ours" and source.place.startswith("section"))


def test_no_claim_says_that_a_term_is_itself():
    assert not {label: found for label, entry in entries().items() if (found := empty(entry.claim))}


def test_a_planted_empty_conjunct_is_seen():
    claim = CLAIM.claim
    planted = Claim(claim.label, claim.title, claim.source, claim.formalisation, claim.kind, claim.hypotheses, All(claim.conclusion, eq(LEAST, LEAST)))
    assert not empty(claim) and empty(planted) == [eq(LEAST, LEAST)]


def test_every_source_can_be_found_by_a_reader():
    assert not {label: str(entry.claim.source) for label, entry in entries().items() if hidden(entry.claim.source)}
    assert hidden(Source("ours", "THEORY section 2")) and hidden(Source("ours", "section 1")) and not hidden(Source("ours", "this project"))
