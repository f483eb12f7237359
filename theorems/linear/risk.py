"""E risk <= p(beta) + p(pi/2 - beta)^n for every beta, p(theta) = P(angle(w, x) >= theta), unsigned angle (PL (i), (ii)).

The risk of the student v of n independent inputs X_k is the probability that it errs at a fresh x, <w, x> <v, x> <= 0; ties count as
errors.  With c = cos^2(beta), angle(w, x) >= beta says near(x, c) >= 0 and angle(w, x) >= pi/2 - beta says near(x, 1 - c) >= 0;
one(y) is 1 for y >= 0 and 0 for y < 0.  T_k indicates that the first k inputs all lie at angles >= pi/2 - beta: T_k = T_{k-1} times the
indicator of the k-th, independent of it, and every input has the law of x.  With a margin, p(gamma) = 0, the risk is at most p(pi/2 - gamma)^n.
"""

from itertools import product
from typing import Any

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.linear.cone import c, near
from theorems.linear.draws import POWER
from theorems.linear.risk_pointwise import BESIDE, ERRS, FAR, INDICATOR, LOCAL, POINTWISE, T, bad, between, case, one, step_function, x
from theorems.logic import ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.vocabulary import each, k, n, sp

RANDOM = {name: RandomFamily(name) for name in ("X", "T", "a", "v", "x")}


def randomised(node: Any) -> Any:
    return substitute(node, RANDOM)


MEAN_ERROR, WIDE, SIDE = (E(randomised(term)) for term in (ERRS, FAR, BESIDE))
BOUND = WIDE + SIDE**n
RISK = le(MEAN_ERROR, BOUND)
SURELY = ("span", "answers", "first", "further")
BAD_FAMILY = sp.Lambda((k,), randomised(bad(k)))


def chance(p: Derivation, term: sp.Expr) -> str:
    """E one(term) >= 0."""
    twin = RandomFamily("x_")
    fact = p.for_all((twin,), {}, lambda s: between(s, substitute(term, {"x": twin})))
    fact = p.restate(ForAll((RANDOM["x"],), (), ge(one(randomised(term)), 0)), [fact])
    fact = p.step("expect", ge(E(one(randomised(term))), E(sp.Integer(0))), [fact])
    return p.combine(ge(E(one(randomised(term))), 0), {fact: 1})


def risk(p: Derivation) -> None:
    local, twins = dict(LOCAL), {name: RandomFamily(f"{name}_") for name in RANDOM}
    point = p.for_all(tuple(twins.values()), {f"is_{name}": substitute(local[name], twins) for name in SURELY}, lambda s: s.use(
        "lin:risk/pointwise", substitute(POINTWISE, twins), ["size", "one", "none", *(f"is_{name}" for name in SURELY)], **twins))
    point = p.restate(ForAll(tuple(RANDOM.values()), tuple(randomised(local[name]) for name in SURELY), randomised(POINTWISE)), [point])
    mean = p.step("expect", le(MEAN_ERROR, E(randomised(FAR + T[n]))), [point, *SURELY])
    share = chance(p, near(x, 1 - c))
    values = {"b": BAD_FAMILY, "q": SIDE}
    power = p.use("lin:risk/draws", substitute(POWER, values), ["size", share, "first", "further", "independent", "alike"], **values)
    p.combine(RISK, {mean: 1, power: 1}, ["size", share])


def margin(p: Derivation) -> None:
    whole = p.use("lin:risk", RISK, [name for name, _ in GLOBAL])
    p.combine(MARGIN, {whole: 1, "margin": 1}, ["size", chance(p, near(x, 1 - c))])


MARGIN = le(MEAN_ERROR, SIDE**n)


def sample(draw: Draw) -> Sample:
    """One or two draws from a law of two or three inputs, and one more."""
    columns, share = draw.integer(1, 2), draw.rational(0, 1)
    count, kinds = draw.integer(1, 2), draw.integer(2, 3)
    teacher = sp.Matrix(draw.family(columns, -1, 1))
    support = [tuple(draw.integer(-2, 2) for _ in range(columns)) for _ in range(kinds)]
    weights, law = draw.law(kinds), []
    for places in product(range(kinds), repeat=count + 1):
        data = sp.Matrix([support[s] for s in places[1:]])
        law.append((sp.prod([weights[s] for s in places]), {"x": support[places[0]], **case(draw, data, teacher, share)}))
    return Sample({"n": count, "d": columns, "c": share, "w": tuple(teacher), "one": step_function()}, tuple(law))


def margin_sample(draw: Draw) -> Sample:
    """Inputs at three angles to the teacher (1, 2), none of them as wide as the margin."""
    steep, count, odds = draw.rational("1/4", 2), draw.integer(1, 2), draw.law(3)
    support = [(-steep, steep), (2 * steep, steep), (steep, 3 * steep)]
    law = []
    for places in product(range(3), repeat=count + 1):
        data = sp.Matrix([support[s] for s in places[1:]])
        law.append((sp.prod([odds[s] for s in places]), {"x": support[places[0]], **case(draw, data, sp.Matrix([1, 2]), MARGIN_SHARE)}))
    return Sample({"n": count, "d": 2, "c": MARGIN_SHARE, "w": (1, 2), "one": step_function()}, tuple(law))


MARGIN_SHARE = sp.Rational(1, 20)  # the squared cosines of the three inputs are 1/10, 16/25 and 49/50
GLOBAL: tuple[tuple[str, Proposition], ...] = (
    ("size", ge(n, 1)), *INDICATOR, *((name, Named("surely", randomised(dict(LOCAL)[name]))) for name in SURELY),
    ("independent", each(lambda r: eq(E(randomised(T[r] * bad(r + 1))), E(randomised(T[r])) * E(randomised(bad(r + 1)))), n - 1, k)),
    ("alike", each(lambda r: eq(E(randomised(bad(r))), SIDE), n, k)),
)
SOURCE = Source("PL", "abstract (i), (ii)")
CLAIMS = (
    Entry(Claim("lin:risk", "Risk of the student and geometry of the inputs", SOURCE, "reported", "upper", GLOBAL, RISK,
                uses=("lin:risk/pointwise", "lin:risk/draws")), risk, sample),
    Entry(Claim("lin:margin", "Risk under a margin", SOURCE, "reported", "upper", (*GLOBAL, ("margin", eq(WIDE, 0))), MARGIN, uses=("lin:risk",)),
          margin, margin_sample),
)
