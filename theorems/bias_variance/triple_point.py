"""The triple point of dense, sparse and distilled least squares, for real sizes 1 <= s <= d and n > d + 1 (SKD (i)).

Excess risks (bv:linear-*): dense s2 d/(n-d-1); direct, trained on the support, r + (s2 + r) s/(n-s-1); distilled
r + s2 s/(n-d-1).  The distilled student beats its dense teacher exactly when r/s2 < (d-s)/(n-d-1), and that is exactly
when direct training beats distilling.  At equality the three risks coincide.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Proposition, Relation, eq, ge, gt, le, lt
from theorems.vocabulary import n, sp

d, s = sp.symbols("d s", integer=True)
r, s2 = sp.symbols("r s2", real=True)
DENSE = s2 * d / (n - d - 1)
DIRECT = r + (s2 + r) * s / (n - s - 1)
DISTILLED = r + s2 * s / (n - d - 1)
BELOW, LEVEL = lt(r / s2, (d - s) / (n - d - 1)), eq(r / s2, (d - s) / (n - d - 1))
MARGIN = (d - s) / (n - d - 1) - r / s2
TEACHER = eq(DENSE - DISTILLED, s2 * MARGIN)
LABELS = eq(DISTILLED - DIRECT, s2 * s / (n - s - 1) * MARGIN)
PARTS = (lt(DISTILLED, DENSE), lt(DIRECT, DISTILLED))
FACTS = ["low", "high", "size", "noise"]
