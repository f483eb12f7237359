"""mixing_T, T >= 1: l1 distances shrink by exactly 1/T, and KL(F p, F q) <= KL(p, q)/T for positive laws, all V."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Proposition, eq, ge, gt, le
from theorems.vocabulary import T, V, i, kl, mixing, p, positive_law, q, sp, total

DISTANCES = eq(total(lambda a: sp.Abs(mixing(p, T)(a) - mixing(q, T)(a))), total(lambda a: sp.Abs(p[a] - q[a])) / T)
DIVERGENCES = le(kl(mixing(p, T), mixing(q, T)), kl(p, q) / T)
CONCLUSION: Proposition = All(DISTANCES, DIVERGENCES)


def derive(d: Derivation) -> None:
    exact = d.rewrite(DISTANCES, ["T", "V"])
    blended = d.for_all((), {"hot": gt(T, 1)}, hot)
    still = d.for_all((), {"still": eq(T, 1)}, cold)
    either = d.cases(DIVERGENCES, {"above": gt(T, 1), "not_above": le(T, 1)}, lambda s, case: finish(s, case, blended, still))
    d.restate(CONCLUSION, [exact, either])


def finish(s: Derivation, case: str, blended: str, still: str) -> None:
    if case == "above":
        s.restate(DIVERGENCES, [at(blended), "above"])
    else:
        s.restate(DIVERGENCES, [at(still), s.sign(eq(T, 1), ["T", "not_above"])])


def cold(s: Derivation) -> None:
    s.transfer(
        DIVERGENCES, s.sign(le(kl(p, q), kl(p, q)), ["p", "q"]), ["still", "V", "p", "q"])


def hot(s: Derivation) -> None:
    def term(u: Derivation) -> None:
        first, second = u.sign(gt(p[i], 0), ["p", "low", "high"]), u.sign(gt(q[i], 0), ["q", "low", "high"])
        one, two = u.sign(gt(p[i] / T, 0), [first, "hot"]), u.sign(gt(q[i] / T, 0), [second, "hot"])
        rest = u.sign(gt((1 - 1 / T) / V, 0), ["hot", "V"])
        values = {"a": p[i] / T, "b": (1 - 1 / T) / V, "c": q[i] / T, "d": (1 - 1 / T) / V}
        bound = le(logarithmic(mixing(p, T)(i), mixing(q, T)(i)), logarithmic(values["a"], values["c"]) + logarithmic(values["b"], values["d"]))
        found = u.use("base:log-sum", bound, [one, two, rest, "hot", "V"], **values)
        total_one, total_two = u.sign(gt(mixing(p, T)(i), 0), [one, rest, "hot", "V"]), u.sign(gt(mixing(q, T)(i), 0), [two, rest, "hot", "V"])
        u.combine(le(logarithmic(mixing(p, T)(i), mixing(q, T)(i)), p[i] * (sp.log(p[i]) - sp.log(q[i])) / T), {found: 1},
                  [first, second, rest, "hot", "V", total_one, total_two])

    terms = s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, term, because="log-sum, the uniform part being common")
    s.step("termwise", DIVERGENCES, [terms, "p", "q", "hot", "V"], range=(1, V))


def logarithmic(x: sp.Expr, y: sp.Expr) -> sp.Expr:
    return x * (sp.log(x) - sp.log(y))


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    return Sample({"V": size, "p": draw.law(size), "q": draw.law(size), "T": draw.rational(1, 6)})


CLAIM = Entry(
    Claim("op:mixing-contraction", "Mixing contracts l1 and KL by 1/T", Source("ours", "this project"), "ours", "tight",
          (("V", ge(V, 1)), ("T", ge(T, 1)), ("p", positive_law(p)), ("q", positive_law(q))), CONCLUSION, uses=("base:log-sum",)),
    derive, sample,
)
