"""Stages whose cost is proportional to their length never cost less together than one stage does, whatever their number n.

C(s, u) = c D(s, u) with D a length that obeys the triangle inequality along the path.  At constant speed the total is c L
for every n.  A rate in n therefore needs costs of second order (path:quadratic-stages).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, eq, ge, le
from theorems.paths._path import COST, ENDS, RANGE, STAGES, STEADY, C, D, L, c, inside, on_path, s, stages, travelled, u, v
from theorems.vocabulary import k, n, sp, total

j = sp.Symbol("j", integer=True)
LOWER = ge(stages(C), C(0, 1))
STEADY_TOTAL = ForAll((), (STEADY,), eq(stages(C), c * L))
TRIANGLE = ForAll((s, u, v), (le(0, s), le(s, u), le(u, v), le(v, 1)), le(D(s, v), D(s, u) + D(u, v)))


def derive(d: Derivation) -> None:
    def base(p: Derivation) -> None:
        p.for_all((), {"inside": le(1, n)}, lambda t: t.combine(ge(stages(D, 1), D(0, 1 / n)), {}, ["stages"]))

    def further(p: Derivation) -> None:
        def inner(t: Derivation) -> None:
            earlier = t.sign(le(j, n), ["inside"])
            old = t.restate(ge(stages(D, j), D(0, j / n)), [at("hypothesis"), earlier])
            order = [t.sign(le(0, j / n), ["range", "stages"]), t.sign(le(j / n, (j + 1) / n), ["stages"]), t.sign(le((j + 1) / n, 1), ["inside", "stages"])]
            joint = t.restate(le(D(0, (j + 1) / n), D(0, j / n) + D(j / n, (j + 1) / n)),
                              [at("triangle", s=0, u=j / n, v=(j + 1) / n), t.sign(le(0, 0)), *order, "stages"])
            one = t.step("split", eq(stages(D, j + 1), stages(D, j) + D(j / n, (j + 1) / n)), ["range", "stages"], at=j)
            t.combine(ge(stages(D, j + 1), D(0, (j + 1) / n)), {old: 1, joint: 1, one: -1}, ["stages"])

        p.for_all((), {"inside": le(j + 1, n)}, inner)

    steps = d.induction(ForAll((j,), (le(1, j),), ForAll((), (le(j, n),), ge(stages(D, j), D(0, j / n)))), base, further)
    last = d.restate(ForAll((), (le(n, n),), ge(stages(D), D(0, sp.Integer(1)))), [at(steps, j=n), "stages"])
    long = d.restate(ge(stages(D), D(0, 1)), [at(last), d.sign(le(n, n))])

    def term(p: Derivation) -> None:
        p.restate(eq(C(*ENDS), c * D(*ENDS)), [at("proportional", s=ENDS[0], u=ENDS[1]), *inside(p)])

    terms = d.for_all((k,), RANGE, term)
    costs = d.step("termwise", eq(stages(C), stages(lambda a, b: c * D(a, b))), [terms, "stages"], range=(1, n))
    order = [d.sign(le(0, 0)), d.sign(le(0, 1)), d.sign(le(1, 1))]
    whole = d.restate(eq(C(0, 1), c * D(0, 1)), [at("proportional", s=0, u=1), *order])
    lower = d.combine(LOWER, {long: c, costs: -1, whole: 1}, ["cost", "stages"])

    def steady(p: Derivation) -> None:
        def flat(t: Derivation) -> None:
            ends = inside(t)
            t.combine(eq(c * D(*ENDS), c * L / n), {at("steady", s=ENDS[0], u=ENDS[1]): c}, ["stages", *ends])

        flats = p.for_all((k,), RANGE, flat)
        level = p.step("termwise", eq(stages(lambda a, b: c * D(a, b)), FLAT), [flats, "stages"], range=(1, n))
        p.combine(STEADY_TOTAL.then, {costs: 1, level: 1, p.step("count", eq(FLAT, c * L), ["stages"]): 1}, ["stages"])

    d.restate(All(LOWER, STEADY_TOTAL), [lower, d.for_all((), {"steady": STEADY}, steady)])


FLAT = total(lambda a: c * L / n, n, k)


def sample(draw: Draw) -> Sample:
    """Lengths as travelled, or as the crow flies on a parabola."""
    length, speed = travelled(draw)
    if draw.integer(0, 1):
        height = draw.rational(0, 2)
        length = sp.Lambda((s, u), (u - s) * sp.sqrt(1 + height**2 * (s + u) ** 2))
    weight = draw.rational(0, 4)
    return Sample({"n": draw.integer(1, 5), "L": speed, "c": weight, "D": length, "C": sp.Lambda((s, u), weight * length(s, u))})


CLAIM = Entry(
    Claim("path:first-order-stages", "Stages of first-order cost gain nothing", Source("SKD", "abstract (ii), (iii)"), "ours", "tight",
          (STAGES, COST, ("triangle", TRIANGLE), ("proportional", on_path(eq(C(s, u), c * D(s, u))))), All(LOWER, STEADY_TOTAL)),
    derive, sample,
)
