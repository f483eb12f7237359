"""The triple point of dense, sparse and distilled least squares, for real sizes 1 <= s <= d and n > d + 1 (SKD (i)).

Excess risks (bv:linear-*): dense s2 d/(n-d-1); direct, trained on the support, r + (s2 + r) s/(n-s-1); distilled
r + s2 s/(n-d-1).  The distilled student beats its dense teacher exactly when r/s2 < (d-s)/(n-d-1), and that is exactly
when direct training beats distilling.  At equality the three risks coincide.
"""

import sympy as sp

from theorems.bias_variance._design import d, n, s2
from theorems.bias_variance._random import implies
from theorems.bias_variance._risks import DENSE, DIRECT, DISTILLED, r, s
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Relation, eq, ge, gt, le, lt

BELOW, LEVEL = lt(r / s2, (d - s) / (n - d - 1)), eq(r / s2, (d - s) / (n - d - 1))
MARGIN = (d - s) / (n - d - 1) - r / s2
TEACHER = eq(DENSE - DISTILLED, s2 * MARGIN)
LABELS = eq(DISTILLED - DIRECT, s2 * s / (n - s - 1) * MARGIN)
PARTS = (lt(DISTILLED, DENSE), lt(DIRECT, DISTILLED))
FACTS = ["low", "high", "size", "noise"]


def derive(p: Derivation) -> None:
    teacher = p.rewrite(TEACHER, FACTS)
    labels = p.rewrite(LABELS, FACTS)
    gap = p.sign(gt(s2 * s / (n - s - 1), 0), ["low", "high", "size", "noise"])
    parts: list[str] = []
    for part, identity, weight in ((PARTS[0], teacher, s2), (PARTS[1], labels, s2 * s / (n - s - 1))):
        def forth(q: Derivation, part: Relation = part, identity: str = identity, weight: sp.Expr = weight) -> None:
            q.combine(part, {"below": weight, identity: -1}, [*FACTS, gap])

        def back(q: Derivation, part: Relation = part, identity: str = identity, weight: sp.Expr = weight) -> None:
            q.combine(BELOW, {"beats": 1 / weight, identity: 1 / weight}, [*FACTS, gap])

        parts += [p.for_all((), {"below": BELOW}, forth), p.for_all((), {"beats": part}, back)]

    def level(q: Derivation) -> None:
        one = q.combine(eq(DENSE, DISTILLED), {teacher: 1, "level": -s2}, FACTS)
        other = q.combine(eq(DISTILLED, DIRECT), {labels: 1, "level": -s2 * s / (n - s - 1)}, FACTS)
        q.restate(All(eq(DENSE, DISTILLED), eq(DISTILLED, DIRECT)), [one, other])

    p.restate(CONCLUSION, [*parts, p.for_all((), {"level": LEVEL}, level)])


CONCLUSION = All(*(half for part in PARTS for half in (implies(BELOW, part), implies(part, BELOW))),
                 implies(LEVEL, All(eq(DENSE, DISTILLED), eq(DISTILLED, DIRECT))))


def sample(draw: Draw) -> Sample:
    small = draw.integer(1, 5)
    large = small + draw.integer(0, 5)
    rows, noise = large + 1 + draw.integer(1, 6), draw.rational("1/9", 4)
    edge = noise * sp.Rational(large - small, rows - large - 1)
    lost = edge if draw.integer(0, 3) == 0 else draw.rational(0, 4)
    return Sample({"s": small, "d": large, "n": rows, "s2": noise, "r": lost})


CLAIM = Entry(
    Claim("bv:triple-point", "The triple point", Source("SKD", "abstract (i)"), "ours", "tight",
          (("low", ge(s, 1)), ("high", le(s, d)), ("size", gt(n, d + 1)), ("noise", gt(s2, 0))), CONCLUSION),
    derive, sample,
    quantities=(Quantity("dense", "excess risk of the dense teacher", DENSE), Quantity("direct", "of the student trained on the labels", DIRECT),
                Quantity("distilled", "of the distilled sparse student", DISTILLED)),
)
