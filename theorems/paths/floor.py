"""A floor delta under every stage: n equal stages of cost at most c D^2 + delta cost at most f(n) = c L^2/n + n delta.

f is least at n* = L sqrt(c/delta), where it is 2 L sqrt(c delta).  Among whole numbers the best m has
m (m - 1) <= n*^2 <= m (m + 1).  f is not monotone: a further stage lowers it exactly while m (m + 1) < n*^2.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, eq, ge, gt, le, lt
from theorems.paths._path import LIPSCHITZ, ORDERED, STAGES, C, D, L, c, delta, on_path, s, stages, travelled, u, v
from theorems.paths.quadratic_stages import CLAIM as QUADRATIC
from theorems.terms import substitute
from theorems.vocabulary import k, m, n, sp, total

BEST = L * sp.sqrt(c / delta)
LEAST = 2 * L * sp.sqrt(c * delta)
EDGE = c * L**2 / delta  # the square of BEST
WHOLE = sp.Max(1, sp.ceiling((sp.sqrt(1 + 4 * EDGE) - 1) / 2))  # the least m >= 1 with EDGE <= m (m + 1)


def bound(count: sp.Expr) -> sp.Expr:
    """What the stages cost together, at most."""
    return c * L**2 / count + count * delta


SUM = le(stages(C), bound(n))
BELOW = ForAll((v,), (gt(v, 0),), ge(bound(v), LEAST))
REACHED = eq(bound(BEST), LEAST)
MORE = ForAll((m, v), (le(1, m), le(EDGE, m * (m + 1)), le(m + 1, v)), le(bound(m), bound(v)))
FEWER = ForAll((m, v), (le(1, m), le(m * (m - 1), EDGE), gt(v, 0), le(v, m - 1)), le(bound(m), bound(v)))
FALLS = ForAll((m,), (le(1, m), lt(m * (m + 1), EDGE)), lt(bound(m + 1), bound(m)))
RISES = ForAll((m,), (le(1, m), lt(EDGE, m * (m + 1))), lt(bound(m), bound(m + 1)))
OPTIMUM = All(BELOW, REACHED, MORE, FEWER, FALLS, RISES)
SIGNS = (("cost", gt(c, 0)), ("length", gt(L, 0)), ("floor", gt(delta, 0)))
POSITIVE = [name for name, _ in SIGNS]


def optimum(d: Derivation) -> None:
    def below(p: Derivation) -> None:
        square = p.sign(ge((L * sp.sqrt(c) / sp.sqrt(v) - sp.sqrt(v * delta)) ** 2, 0), ["some", *POSITIVE])
        p.combine(BELOW.then, {square: 1}, ["some", *POSITIVE])

    def more(p: Derivation) -> None:
        further = p.combine(ge(v * m - EDGE, 0), {"edge": 1, "apart": m}, ["one", *POSITIVE])
        compared(p, v - m, v * m - EDGE, further, v, ["one", p.sign(gt(v, 0), ["one", "apart"])])

    def fewer(p: Derivation) -> None:
        nearer = p.combine(ge(EDGE - v * m, 0), {"edge": 1, "apart": m}, ["one", *POSITIVE])
        compared(p, m - v, EDGE - v * m, nearer, v, ["one", "some"])

    def compared(p: Derivation, gap: sp.Expr, excess: sp.Expr, shown: str, other: sp.Expr, signs: list[str]) -> None:
        """bound(y) - bound(x) = (y - x)(y x - EDGE) delta/(y x)."""
        apart = p.sign(ge(gap, 0), ["apart"])
        both = p.sign(ge(gap * excess, 0), [apart, shown, *POSITIVE])
        p.combine(le(bound(m), bound(other)), {both: delta / (m * other)}, [*signs, *POSITIVE])

    def falling(p: Derivation) -> None:
        p.combine(FALLS.then, {"edge": delta / (m * (m + 1))}, ["one", *POSITIVE])

    def rising(p: Derivation) -> None:
        p.combine(RISES.then, {"edge": delta / (m * (m + 1))}, ["one", *POSITIVE])

    def part(statement: ForAll, body: object, *names: str) -> str:
        return d.for_all(statement.variables, dict(zip(names, statement.given, strict=True)), body)  # type: ignore[arg-type]

    least = [part(BELOW, below, "some"), d.rewrite(REACHED, POSITIVE)]
    whole = [part(MORE, more, "one", "edge", "apart"), part(FEWER, fewer, "one", "edge", "some", "apart")]
    d.restate(OPTIMUM, [*least, *whole, part(FALLS, falling, "one", "edge"), part(RISES, rising, "one", "edge")])


def join(d: Derivation) -> None:
    def lifted(p: Derivation) -> None:
        p.combine(le(C(s, u) - delta, c * D(s, u) ** 2), {at("floored", s=s, u=u): 1}, ORDER)

    above = {"C": sp.Lambda((s, u), C(s, u) - delta)}
    cost = d.sign(ge(c, 0), ["cost"])
    quadratic = d.for_all((s, u), dict(zip(ORDER, ORDERED, strict=True)), lifted)
    both = d.use("path:quadratic-stages", substitute(QUADRATIC.claim.conclusion, above), ["stages", cost, "path", quadratic], **above)
    first = d.restate(le(stages(lambda a, b: C(a, b) - delta), c * L**2 / n), [both])
    floors = d.step("count", eq(total(lambda j: delta, n, k), n * delta), ["stages"])
    costs = d.combine(SUM, {first: 1, floors: 1}, ["stages"])
    best = d.use("path:floor/optimum", OPTIMUM, POSITIVE)
    d.restate(All(SUM, OPTIMUM), [costs, best])


ORDER = ["s_low", "order", "u_high"]


def sample(draw: Draw) -> Sample:
    """Few stages are enough about as often as they are not."""
    length, speed = travelled(draw, "1/9")
    weight, lost = draw.rational("1/9", 4), draw.rational("1/9", 2)
    cost = sp.Lambda((s, u), weight * length(s, u) ** 2 + lost * (1 - draw.integer(0, 1) * (u - s)))
    return Sample({"n": draw.integer(1, 7), "L": speed, "c": weight, "delta": lost, "D": length, "C": cost})


def sample_optimum(draw: Draw) -> Sample:
    return Sample({name: draw.rational("1/9", 4) for name in ("L", "c", "delta")})


SOURCE = Source("SKD", "abstract (iii)")
CLAIMS = (
    Entry(Claim("path:floor/optimum", "The best number of stages", SOURCE, "ours", "tight", SIGNS, OPTIMUM), optimum, sample_optimum),
    Entry(Claim("path:floor", "Stages over a floor", SOURCE, "ours", "tight",
                (STAGES, *SIGNS, ("path", LIPSCHITZ), ("floored", on_path(le(C(s, u), c * D(s, u) ** 2 + delta)))), All(SUM, OPTIMUM),
                uses=("path:quadratic-stages", "path:floor/optimum")), join, sample,
          quantities=(Quantity("stages", "best number of stages n*", BEST), Quantity("whole", "best whole number of stages", WHOLE),
                      Quantity("least", "bound on the total cost at n*, the least of all", LEAST))),
)
