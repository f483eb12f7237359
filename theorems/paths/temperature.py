"""The power path from inverse temperature beta_0 to beta_1 in n equal steps costs at most (beta_1 - beta_0)^2 R^2/(8 n).

p is a positive family on V classes with low <= log p_i <= low + R, so that R = log(p_max/p_min) at best; the path runs through
p^beta/sum p^beta, and the cost is the sum of KL between neighbours.  Any real beta_0, beta_1.  One step from beta_0 = 0 on two
classes with R -> 0 is the case of path:hoeffding/tight, so 1/8 is best.
"""

from collections.abc import Callable

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.foundations.hoeffding import low
from theorems.logic import ForAll, eq, ge, gt, le, lt
from theorems.paths.hoeffding import BOUND as GAP
from theorems.terms import substitute
from theorems.vocabulary import V, each, i, j, k, kl, n, p, sp, total

start, end, alpha, omega, R = sp.symbols("beta_0 beta_1 alpha omega R", real=True)
UPPER = (end - start) ** 2 * R**2 / (8 * n)


def law(beta: sp.Expr) -> Callable[[sp.Expr], sp.Expr]:
    """The rule index -> p^beta / sum p^beta."""
    below = total(lambda a: p[a] ** beta, V, sp.Symbol("l", integer=True))
    return lambda a: p[a] ** beta / below


def reached(stage: sp.Expr) -> sp.Expr:
    """Inverse temperature after `stage` of n equal steps."""
    return start + (end - start) / n * stage


STEP = le(kl(law(alpha), law(omega)), (omega - alpha) ** 2 * R**2 / 8)
BOUND = le(total(lambda s: kl(law(reached(s - 1)), law(reached(s))), n, j), UPPER)
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
LOGS = {"below": ge(sp.log(p[i]), low), "above": le(sp.log(p[i]), low + R)}


def step(d: Derivation) -> None:
    logits = {name: sp.Lambda((i,), beta * sp.log(p[i])) for name, beta in (("z", alpha), ("y", omega))}
    gap = alpha * sp.log(p[i]) - omega * sp.log(p[i])

    def turned(c: Derivation, case: str) -> None:
        """The logits differ by (alpha - omega) log p_i."""
        up = case == "up"
        ends = ("above", "below") if up else ("below", "above")
        bounds = {name: (alpha - omega) * LOGS[end].right for name, end in zip(("low", "high"), ends, strict=True)}
        weight = omega - alpha if up else alpha - omega
        known = [c.sign(ge(weight, 0), [case]), "entries", "i_low", "i_high"]
        lows = c.for_all((i,), RANGE, lambda t: t.combine(ge(gap, bounds["low"]), {at(ends[0], i=i): weight}, known))
        highs = c.for_all((i,), RANGE, lambda t: t.combine(le(gap, bounds["high"]), {at(ends[1], i=i): weight}, known))
        lemma = c.use("path:hoeffding/bound", substitute(GAP, {**logits, **bounds}), ["V", lows, highs, "entries"], **logits, **bounds)
        c.combine(STEP, {lemma: 1}, ["V", "entries"])

    d.cases(STEP, {"up": ge(omega, alpha), "down": lt(omega, alpha)}, turned)


def derive(d: Derivation) -> None:
    def at_stage(s: sp.Expr) -> dict[str, sp.Expr]:
        return {"alpha": reached(s - 1), "omega": reached(s)}

    def stage(s: Derivation) -> None:
        s.use("path:temperature/step", substitute(STEP, at_stage(k)), ["stages", *(name for name, _ in LAW)], **at_stage(k))

    stages = d.for_all((k,), {"k_low": le(1, k), "k_high": le(k, n)}, stage, because="each step is a step in the logits")
    sizes, flat = total(lambda s: substitute(STEP.right, at_stage(s)), n, j), total(lambda s: UPPER / n, n, j)
    summed = d.step("termwise", le(BOUND.left, sizes), [stages, "stages", "V", "entries"], range=(1, n))
    equal = d.combine(eq(sizes, UPPER), {d.rewrite(eq(sizes, flat), ["stages"]): 1, d.step("count", eq(flat, UPPER), ["stages"]): 1}, ["stages"])
    d.transfer(BOUND, summed, [equal, "stages", "V", "entries"])


def sample(draw: Draw) -> Sample:
    size, slack = draw.integer(1, 4), draw.rational(0, 1)
    chosen = draw.law(size)
    lowest = sp.log(min(chosen)) - slack
    return Sample({"V": size, "p": chosen, "low": lowest, "R": sp.log(max(chosen)) - lowest + slack * draw.integer(0, 1), "n": draw.integer(1, 5),
                   "beta_0": draw.rational(-1, 3), "beta_1": draw.rational(-1, 3)})


def sample_step(draw: Draw) -> Sample:
    drawn = sample(draw).values
    return Sample({**{name: drawn[name] for name in ("V", "p", "low", "R")}, "alpha": drawn["beta_0"], "omega": drawn["beta_1"]})


SOURCE = Source("SKD", "abstract (iii)")
LAW = (("V", ge(V, 1)), ("entries", each(lambda a: gt(p[a], 0))), *((name, ForAll((i,), tuple(RANGE.values()), edge)) for name, edge in LOGS.items()))
CLAIMS = (
    Entry(Claim("path:temperature/step", "The cost of one step of the power path", SOURCE, "ours", "upper", LAW, STEP, uses=("path:hoeffding/bound",)),
          step, sample_step),
    Entry(Claim("path:temperature", "The cost of the power path", SOURCE, "ours", "upper", (("stages", ge(n, 1)), *LAW), BOUND,
                uses=("path:temperature/step",)), derive, sample,
          quantities=(Quantity("bound", "bound on the sum of the stage divergences", UPPER),)),
)
