"""On an L-Lipschitz path, n equal stages that cost at most c times their squared length cost at most c L^2/n together.

D(s, u) and C(s, u) are the length and the cost of the stage from s to u.  At constant speed, with costs of exactly
c D^2, the total is exactly c L^2/n: the bound is tight for every n.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, ForAll, eq, ge, le
from theorems.paths._path import COST, ENDS, LIPSCHITZ, RANGE, STAGES, STEADY, C, D, L, c, inside, on_path, s, stages, travelled, u
from theorems.vocabulary import k, n, sp, total

UPPER = le(stages(C), c * L**2 / n)
EXACT = on_path(eq(C(s, u), c * D(s, u) ** 2))
TIGHT = ForAll((), (STEADY, EXACT), eq(stages(C), c * L**2 / n))


def derive(d: Derivation) -> None:
    def upper(p: Derivation) -> None:
        ends, place = inside(p), {"s": ENDS[0], "u": ENDS[1]}
        both = p.restate(All(ge(D(*ENDS), 0), le(D(*ENDS), L / n)), [at("path", **place), *ends])
        square = p.sign(ge((L / n - D(*ENDS)) * (L / n + D(*ENDS)), 0), [both, "stages"])
        p.combine(le(C(*ENDS), c * L**2 / n**2), {at("quadratic", **place): 1, square: c}, ["cost", "stages", *ends])

    def level(p: Derivation) -> None:
        def term(t: Derivation) -> None:
            ends, place = inside(t), {"s": ENDS[0], "u": ENDS[1]}
            speed = t.restate(eq(D(*ENDS), L * (ENDS[1] - ENDS[0])), [at("steady", **place), *ends])
            exact = t.restate(eq(C(*ENDS), c * D(*ENDS) ** 2), [at("exact", **place), *ends])
            t.rewrite(eq(C(*ENDS), c * L**2 / n**2), ["stages"], using=[exact, speed])

        terms = p.for_all((k,), RANGE, term)
        p.combine(TIGHT.then, {p.step("termwise", eq(stages(C), FLAT), [terms, "stages"], range=(1, n)): 1, whole: 1}, ["stages"])

    whole = d.step("count", eq(FLAT, c * L**2 / n), ["stages"])
    terms = d.for_all((k,), RANGE, upper, because="a stage is no longer than L/n")
    bound = d.combine(UPPER, {d.step("termwise", le(stages(C), FLAT), [terms, "stages"], range=(1, n)): 1, whole: 1}, ["stages"])
    d.restate(All(UPPER, TIGHT), [bound, d.for_all((), {"steady": STEADY, "exact": EXACT}, level)])


FLAT = total(lambda j: c * L**2 / n**2, n, k)


def sample(draw: Draw) -> Sample:
    length, speed = travelled(draw)
    weight, saved = draw.rational(0, 4), draw.rational(0, 2) * draw.integer(0, 1)
    cost = sp.Lambda((s, u), weight * length(s, u) ** 2 - saved * (u - s))
    return Sample({"n": draw.integer(1, 7), "L": speed, "c": weight, "D": length, "C": cost})


CLAIM = Entry(
    Claim("path:quadratic-stages", "Equal stages of quadratic cost", Source("SKD", "abstract (iii)"), "ours", "tight",
          (STAGES, COST, ("path", LIPSCHITZ), ("quadratic", on_path(le(C(s, u), c * D(s, u) ** 2)))), All(UPPER, TIGHT)),
    derive, sample,
)
