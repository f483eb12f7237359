"""Refuted: the bound (R^2 - |f|^2)/n for f in the closed convex hull of atoms of norm at most R, as it is often quoted.

Witness, in one dimension and for n = 1: atoms g_k = k/(k + 1), R = 1, f = 1.  some atom is within 1/sqrt(e) of f for every e > 0, so f lies in the
closed hull; R^2 - f^2 = 0, but no atom, and no convex combination of atoms, equals f.  For the hull of finitely many atoms the bound
stands (path:sparse-hull); for a closed hull it stands with any larger constant than R^2 - |f|^2.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Entry
from theorems.logic import Exists, ForAll, ge, gt, le
from theorems.rules.rounding import statement
from theorems.vocabulary import k, sp

g = sp.IndexedBase("g")
f, R, e = sp.symbols("f R e", real=True)
ATOMS = sp.Lambda((k,), k / (k + 1))
BOUNDED = ForAll((k,), (ge(k, 1),), le(g[k] ** 2, R**2))
CLOSED = ForAll((e,), (gt(e, 0),), Exists((k,), (ge(k, 1),), le(e * (f - g[k]) ** 2, 1)))
ONE_TERM = Exists((k,), (ge(k, 1),), le((f - g[k]) ** 2, R**2 - f**2))


def derive(d: Derivation) -> None:
    def short(s: Derivation) -> None:
        one = s.sign(le(ATOMS(k), 1), ["some"])
        none = s.sign(ge(ATOMS(k), 0), ["some"])
        s.sign(le(ATOMS(k) ** 2, 1), [one, none, "some"])

    def near(s: Derivation) -> None:
        """e/(k + 1)^2 <= e/k <= 1."""
        less = s.sign(ge(e / k - e / (k + 1) ** 2, 0), ["some", "e"])
        s.combine(le(e * (1 - ATOMS(k)) ** 2, 1), {"large": 1 / k, less: 1}, ["some"])

    def close(s: Derivation) -> None:
        count = sp.ceiling(e)
        above = s.step("rounding", statement(e), of=e)
        every = s.for_all((k,), {"some": ge(k, 1), "large": ge(k, e)}, near)
        one = s.sign(ge(count + 1, 1), [s.sign(gt(count, 0), [above, "e"])])
        larger = s.sign(ge(count + 1, e), [above])
        found = s.restate(le(e * (1 - ATOMS(count + 1)) ** 2, 1), [at(every, k=count + 1), one, larger])
        s.exhibit(Exists((k,), (ge(k, 1),), le(e * (1 - ATOMS(k)) ** 2, 1)), [one, found], k=count + 1)

    def apart(s: Derivation) -> None:
        s.sign(gt((1 - ATOMS(k)) ** 2, 0), ["some"])

    bounded = d.for_all((k,), {"some": ge(k, 1)}, short)
    limit = d.for_all((e,), {"e": gt(e, 0)}, close)
    never = d.for_all((k,), {"some": ge(k, 1)}, apart)
    d.counterexample([bounded, limit, never], g=ATOMS, f=sp.Integer(1), R=sp.Integer(1))


CLAIM = Entry(
    Claim("path:sparse-hull-closed", "Sparse convex combinations in a closed hull", Source("SKD", "abstract (ii)"), "ours", "refutation",
          (("bounded", BOUNDED), ("closed", CLOSED)), ONE_TERM, expected="refuted", repaired="path:sparse-hull"),
    derive,
)
