"""power_T contracts Hilbert's projective metric by exactly 1/T, T > 0, positive laws on V classes.

d_H(p, q) is the largest log(p_a/q_a) - log(p_b/q_b) over pairs (a, b).  If D is that maximum, reached at (a, b), then D/T
is the maximum for the images, reached at the same pair.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.vocabulary import T, V, i, j, p, positive_law, power, q, sp

a, b = sp.symbols("a b", integer=True)
D = sp.Symbol("D", real=True)
PAIR = (le(1, i), le(i, V), le(1, j), le(j, V))


def spread(first: object, second: object, one: sp.Expr, other: sp.Expr) -> sp.Expr:
    """log(first/second) at `one` minus the same at `other`."""
    return sp.log(first(one)) - sp.log(second(one)) - sp.log(first(other)) + sp.log(second(other))  # type: ignore[operator]


def before(one: sp.Expr, other: sp.Expr) -> sp.Expr:
    return spread(lambda s: p[s], lambda s: q[s], one, other)


def after(one: sp.Expr, other: sp.Expr) -> sp.Expr:
    return spread(power(p, T), power(q, T), one, other)


INSIDE = All(le(1, a), le(a, V), le(1, b), le(b, V))
LARGEST = ForAll((i, j), PAIR, le(before(i, j), D))
CONCLUSION: Proposition = All(ForAll((i, j), PAIR, le(after(i, j), D / T)), eq(after(a, b), D / T))


def derive(d: Derivation) -> None:
    def every(s: Derivation) -> None:
        bound = s.restate(le(before(i, j), D), [at("largest", i=i, j=j), "i_low", "i_high", "j_low", "j_high"])
        some = s.sign(ge(V, 1), ["i_low", "i_high"])
        s.combine(le(after(i, j), D / T), {bound: 1 / T}, [some, "T", "p", "q", "i_low", "i_high", "j_low", "j_high"],
                  because="the normalising constants cancel in the difference")

    assume = dict(zip(("i_low", "i_high", "j_low", "j_high"), PAIR, strict=True))
    first = d.for_all((i, j), assume, every)
    lower, upper = d.restate(le(1, a), ["inside"]), d.restate(le(a, V), ["inside"])
    some = d.sign(ge(V, 1), [lower, upper])
    second = d.combine(eq(after(a, b), D / T), {"reached": 1 / T}, [some, "T", "p", "q", "inside"])
    d.restate(CONCLUSION, [first, second])


def sample(draw: Draw) -> Sample:
    size = draw.integer(2, 4)
    first, second = draw.law(size), draw.law(size)
    ratios = [x / y for x, y in zip(first, second, strict=True)]
    top, bottom = ratios.index(max(ratios)), ratios.index(min(ratios))
    gap = sp.log(first[top]) - sp.log(second[top]) - sp.log(first[bottom]) + sp.log(second[bottom])
    return Sample({"V": size, "p": first, "q": second, "a": top + 1, "b": bottom + 1, "D": gap, "T": draw.rational("1/4", 6)})


CLAIM = Entry(
    Claim("op:hilbert", "Power contracts the projective metric by 1/T", Source("ours", "this project"), "ours", "tight",
          (("T", gt(T, 0)), ("p", positive_law(p)), ("q", positive_law(q)), ("inside", INSIDE), ("largest", LARGEST),
           ("reached", eq(before(a, b), D))), CONCLUSION),
    derive, sample,
)
