"""(x + y)^(1/T) <= x^(1/T) + y^(1/T) for x, y >= 0, T >= 1: each share of the whole is at most its own root."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le
from theorems.vocabulary import T, sp

x, y = sp.symbols("x y", real=True)
GOAL = le((x + y) ** (1 / T), x ** (1 / T) + y ** (1 / T))


def derive(d: Derivation) -> None:
    heat = d.sign(gt(T, 0), ["T"])

    def case(s: Derivation, way: str) -> None:
        if way == "full":
            whole = s.sign(ge((x + y) ** (1 / T), 0), [way, heat])
            above, same = [], []
            for part, sign in ((x, "x"), (y, "y")):
                share = part / (x + y)
                low, high = s.sign(ge(share, 0), [sign, way]), s.sign(le(share, 1), ["x", "y", way])
                above.append(s.use("base:root-bounds/above", ge(share ** (1 / T), share), [low, high, "T", way], x=share))
                same.append(s.use("base:root-bounds/scale", eq(share ** (1 / T), part ** (1 / T) / (x + y) ** (1 / T)), [sign, way, heat], x=part, c=x + y))
            scale = (x + y) ** (1 / T)
            positive = s.sign(gt((x + y) ** (1 / T), 0), [way, heat])
            s.combine(GOAL, {above[0]: scale, above[1]: scale, same[0]: scale, same[1]: scale}, [way, whole, heat, "x", "y", positive])
        else:
            none = [s.sign(eq(part, 0), ["x", "y", way]) for part in (x, y)]
            roots = [s.sign(eq(part ** (1 / T), 0), [fact, heat]) for part, fact in zip((x, y), none, strict=True)]
            both = s.sign(eq((x + y) ** (1 / T), 0), [*none, heat])
            s.combine(GOAL, {both: 1, roots[0]: -1, roots[1]: -1}, [heat, *none])

    d.cases(GOAL, {"full": gt(x + y, 0), "empty": le(x + y, 0)}, case)


def sample(draw: Draw) -> Sample:
    return Sample({"x": draw.rational(0, 3), "y": draw.rational(0, 3), "T": draw.rational(1, 5)})


CLAIM = Entry(
    Claim("base:root-sum", "Root of a sum", Source("ours", "textbook"), "ours", "upper", (("x", ge(x, 0)), ("y", ge(y, 0)), ("T", ge(T, 1))), GOAL,
          uses=("base:root-bounds/above", "base:root-bounds/scale")),
    derive, sample,
)
