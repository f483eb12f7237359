"""Perfect distillation into a finite class: n >= (ln |G| + ln(1/delta)) / eps inputs suffice, whatever |G| and the input law.

G has g members with errors e_j against the source; the n inputs are drawn independently.  M_(j,k) = 1 where member j errs on input k,
C_(j,k) = 1 while it has erred on none of the first k - 1.  Independence enters as E C_(j,k) M_(j,k) = e_j E C_(j,k).  H_j indicates that
member j is returned, which a learner does only with consistent ones; b_j = 1 marks members of error eps or more.  Then
E sum_j b_j H_j <= delta: with probability 1 - delta no member of error eps or more is returned.  E C_(j,n+1) <= exp(-n e_j), and the
union bound is the sum over j.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, Any_, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.terms import E, RandomFamily
from theorems.trees._examples import draw_examples
from theorems.trees._learning import FAILURE, INPUT, MEMBER, H, M, averaged, b, delta, e, eps, g, marks, member, over_inputs, union, w
from theorems.vocabulary import j, k, n

C = RandomFamily("C")
ENOUGH = (sp.log(g) + sp.log(1 / delta)) / eps


def consistent(d: Derivation) -> str:
    """E C_(j,n+1) <= exp(-n e_j) by induction over the inputs."""
    def held(size: sp.Expr) -> Proposition:
        return le(E(C[j, size + 1]), sp.exp(-(size * e[j])))

    def base(p: Derivation) -> None:
        mean = averaged(p, [eq(C[j, 1], 1)], eq(C[j, 1], 1), [at("start", j=j), "j_low", "j_high"])
        p.for_all((), {"inside": le(0, n)}, lambda q: q.combine(le(E(C[j, 1]), sp.exp(0 * e[j])), {mean: 1}))

    def further(p: Derivation) -> None:
        def one_input(q: Derivation) -> None:
            place, before = q.sign(le(1, k + 1), ["range"]), q.sign(le(k, n), ["inside"])
            sofar = q.restate(held(k), [at("hypothesis"), before])
            ranges = [place, "inside", "j_low", "j_high"]
            step = eq(C[j, k + 2], C[j, k + 1] * (1 - M[j, k + 1]))
            mean = averaged(q, [step], step, [at("next", j=j, k=k + 1), *ranges])
            fresh = q.restate(eq(E(C[j, k + 1] * M[j, k + 1]), e[j] * E(C[j, k + 1])), [at("fresh", j=j, k=k + 1), *ranges])
            right = q.restate(le(e[j], 1), [at("errors", j=j), "j_low", "j_high"])
            below = q.sign(le(1 - e[j], sp.exp(-e[j])))
            q.combine(held(k + 1),
                      {mean: 1, fresh: -1, sofar: 1 - e[j], below: sp.exp(-k * e[j])}, [right])

        p.for_all((), {"inside": le(k + 1, n)}, one_input)

    return over_inputs(d, held, base, further)


def derive(d: Derivation) -> None:
    level = d.step("define", eq(w, -sp.log(g) - sp.log(1 / delta)), ["some", "delta"])
    enough = d.combine(le(-n * eps, w), {"inputs": eps, level: -1}, ["some", "eps", "delta"])
    chance = d.rewrite(eq(sp.exp(w), delta / g), ["some", "delta"], using=[level])

    def one(p: Derivation) -> None:
        small = consistent(p)
        ranges = ["j_low", "j_high"]
        answer = averaged(p, [le(H[j], C[j, n + 1])], le(H[j], C[j, n + 1]), [at("consistent", j=j), *ranges])
        options = p.restate(Any_(eq(b[j], 0), All(eq(b[j], 1), ge(e[j], eps))), [at("marks", j=j), *ranges])

        def case(q: Derivation, name: str) -> None:
            goal = le(b[j] * E(H[j]), delta / g)
            if name == "unmarked":
                q.sign(goal, ["unmarked", "some", "delta"])
                return
            one, high = q.restate(eq(b[j], 1), ["marked"]), q.restate(ge(e[j], eps), ["marked"])
            larger = q.combine(ge(n * e[j], n * eps), {high: n}, ["size"])
            power = q.combine(le(-n * e[j], w), {larger: 1, enough: 1})
            value = q.sign(le(sp.exp(-(n * e[j])), sp.exp(w)), [power])
            q.combine(goal, {answer: 1, small: 1, value: 1, chance: 1, one: E(H[j])}, ["some", "delta"])

        p.cases(le(b[j] * E(H[j]), delta / g), {"unmarked": eq(b[j], 0), "marked": All(eq(b[j], 1), ge(e[j], eps))}, case, [options])

    terms = d.for_all((j,), {"j_low": le(1, j), "j_high": le(j, g)}, one)
    union(d, terms, b[j] * E(H[j]), le(FAILURE, delta))


def sample(draw: Draw) -> Sample:
    members, inputs, points = draw.integer(1, 2), draw.integer(1, 3), draw.integer(2, 3)
    weights = draw.law(points)
    wrong = [tuple(draw.integer(0, 3) == 0 for _ in range(points)) for _ in range(members)]
    errors, law = draw_examples(draw, weights, wrong, inputs)
    bound, chance = draw.rational(sp.Rational(1, 4), 1), draw.rational(sp.Rational(1, 4), 2)
    marked = tuple(sp.Integer(bool(error >= bound)) for error in errors)
    return Sample({"g": members, "n": inputs, "epsilon": bound, "delta": chance, "e": errors, "b": marked}, tuple(law))


CLAIM = Entry(
    Claim("tree:finite-class", "Samples for a finite class, perfect distillation", Source("BA", "abstract (i)"), "ours", "upper",
          (("some", ge(g, 1)), ("size", ge(n, 0)), ("eps", gt(eps, 0)), ("delta", gt(delta, 0)),
           ("inputs", ge(n, ENOUGH)), ("errors", member(le(e[j], 1))),
           ("start", member(Named("surely", eq(C[j, 1], 1)))),
           ("next", ForAll((j, k), (*MEMBER, *INPUT), Named("surely", eq(C[j, k + 1], C[j, k] * (1 - M[j, k]))))),
           ("fresh", ForAll((j, k), (*MEMBER, *INPUT), eq(E(C[j, k] * M[j, k]), e[j] * E(C[j, k])))),
           ("consistent", member(Named("surely", le(H[j], C[j, n + 1])))), ("marks", marks(eps))), le(FAILURE, delta)),
    derive, sample, quantities=(Quantity("inputs", "independent inputs that suffice", ENOUGH),),
)
