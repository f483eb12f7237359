"""Two classes: all legal operators give the same targets in the interior, each at its own temperature.

f(T), g(T): the larger entry of the images of (a, 1 - a), 1/2 < a < 1, under two operators on T >= 1.  For every T >= 1 some T2 >= 1 gives the
same law, hence the same student whatever its capacity.  Proved from A1 to A5 in op:binary-collapse/interior.  At a vertex it is false:
power keeps (1, 0) and mixing leaves it (op:binary-collapse).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.logic import All, Exists, eq, ge, gt, lt
from theorems.softening.binary_collapse import CONTINUOUS, HALF, HOT, INSIDE, MEETS, RISES, a, f, g, sample
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T2, T

SAME = Exists((T2,), (ge(T2, 1),), All(eq(g(T2), f(T)), eq(1 - g(T2), 1 - f(T))))
HYPOTHESES = (("a", All(gt(a, HALF), lt(a, 1))), ("f_one", eq(f(1), a)), ("g_one", eq(g(1), a)), ("inside", INSIDE), ("rises", RISES),
              ("continuous", CONTINUOUS), ("hot", HOT), ("T", ge(T, 1)))


def derive(d: Derivation) -> None:
    meets = d.use("op:binary-collapse/interior", MEETS, [name for name, _ in HYPOTHESES])

    def both(s: Derivation) -> None:
        rest = s.combine(eq(1 - g(T2), 1 - f(T)), {"value": -1})
        s.exhibit(SAME, ["warm", "value", rest], T2=T2)

    obtain(d, SAME, meets, MEETS, ("warm", "value"), both)


CLAIM = Entry(
    Claim("eq:binary", "Two classes: one equivalence class in the interior", Source("SKD", "abstract (iv)"), "ours", "existence", HYPOTHESES, SAME,
          uses=("op:binary-collapse/interior",), note="At a vertex of the simplex it fails: op:binary-collapse."),
    derive, sample,
)
