"""Fitting probes in batches: of J independent batches of n >= 16 tau^4 B^4/(f t^2) inputs, all fail with probability at most f^J.

Batch b = 1..J is that of `tree:probe-fit` with delta = f: psi_(b,k) is the representation on its input k, u_b the difference of the worst probe that was fitted
on it and of the vector of its clause, and U_b = 1 only where that probe has mean-square error t or more.  Q_b = 1 where the first b - 1 batches
have all failed, else 0; that batches are independent enters as E Q_b U_b = E Q_b E U_b.  Then E Q_(J+1) <= f^J: with f = 1/2 and log_2(1/delta)
batches, some batch fits the probes of all represented clauses at once, except with probability delta, and `tree:probe-validation/fitted` judges
the probes of all batches.  One batch of all inputs takes them like 1/delta, batches take them like ln(1/delta).
"""

from itertools import product

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.trees import probe_fit
from theorems.trees._learning import averaged
from theorems.vocabulary import i, k

b, J = sp.symbols("b J", integer=True)
f = sp.Symbol("f", real=True)
U, Q, psi, u = (RandomFamily(name) for name in ("U", "Q", "psi", "u"))
BATCH = {"b_low": le(1, b), "b_high": le(b, J)}
OF_BATCH = {"F": U[b], "phi": sp.Lambda((k, i), psi[b, k, i]), "u": sp.Lambda(i, u[b, i]), "delta": f}
FITTED = {name: substitute(hypothesis, OF_BATCH) for name, hypothesis in probe_fit.CLAIM.claim.hypotheses}
ONCE = ("some", "tau", "t", "delta", "inputs")
ENOUGH = substitute(probe_fit.ENOUGH, OF_BATCH)
NEXT = eq(Q[b + 1], Q[b] * U[b])


def every_batch(then: Proposition) -> ForAll:
    return ForAll((b,), tuple(BATCH.values()), then)


def held(size: sp.Expr) -> Proposition:
    return le(E(Q[size + 1]), f**size)


CONCLUSION = held(J)


def derive(d: Derivation) -> None:
    def failing(p: Derivation) -> None:
        facts = [p.restate(hypothesis, [at(name, b=b), *BATCH]) for name, hypothesis in FITTED.items() if name not in ONCE]
        p.use("tree:probe-fit", substitute(probe_fit.CONCLUSION, OF_BATCH), [*ONCE, *facts], **OF_BATCH)

    each = d.for_all((b,), BATCH, failing)

    def base(p: Derivation) -> None:
        mean = averaged(p, [eq(Q[1], 1)], eq(Q[1], 1), ["start"])
        p.for_all((), {"inside": le(0, J)}, lambda q: q.combine(held(sp.Integer(0)), {mean: 1}))

    def further(p: Derivation) -> None:
        def one(q: Derivation) -> None:
            place, before = q.sign(le(1, k + 1), ["range"]), q.sign(le(k, J), ["inside"])
            sofar, ranges = q.restate(held(k), [at("hypothesis"), before]), [place, "inside"]
            step, some = substitute(NEXT, {"b": k + 1}), ge(Q[k + 1], 0)
            grown = averaged(q, [step], step, [at("next", b=k + 1), *ranges])
            apart = q.restate(eq(E(Q[k + 1] * U[k + 1]), E(Q[k + 1]) * E(U[k + 1])), [at("independent", b=k + 1), *ranges])
            rare = q.restate(le(E(U[k + 1]), f), [at(each, b=k + 1), *ranges])
            mean = averaged(q, [some], some, [at("marks", b=k + 1), *ranges])
            mean = q.combine(ge(E(Q[k + 1]), 0), {mean: 1})
            q.combine(held(k + 1), {grown: 1, apart: 1, rare: E(Q[k + 1]), sofar: f}, [mean, "delta"])

        p.for_all((), {"inside": le(k + 1, J)}, one)

    every = d.induction(ForAll((k,), (le(0, k),), ForAll((), (le(k, J),), held(k))), base, further)
    same = d.sign(le(J, J))
    last = d.restate(ForAll((), (le(J, J),), held(J)), [at(every, k=J), "size"])
    d.restate(CONCLUSION, [at(last), same])


def sample(draw: Draw) -> Sample:
    """The second of two directions is seen with chance p, and a batch fails that never sees it: a probe may then err on it by 4 tau^2 B^2 p."""
    batches, inputs = draw.integer(0, 2), draw.integer(1, 3)
    chance, reach, length = draw.rational(sp.Rational(1, 2), sp.Rational(31, 32)), draw.rational(sp.Rational(1, 2), 2), draw.rational(sp.Rational(1, 2), 2)
    level, zero = 4 * reach**2 * length**2 * chance, sp.Integer(0)
    one = []
    for seen in product((0, 1), repeat=inputs):
        rows = tuple((zero, length) if second else (length, zero) for second in seen)
        probe = (zero, 2 * reach) if not any(seen) else (2 * reach, zero) if all(seen) else (zero, zero)
        one.append((sp.Mul(*(chance if second else 1 - chance for second in seen)), rows, probe, sp.Integer(bool(not any(seen) or (all(seen) and 2 * chance <= 1)))))
    law = []
    for drawn in product(one, repeat=batches):
        failed = tuple(batch[3] for batch in drawn)
        law.append((sp.Mul(*(batch[0] for batch in drawn)), {"psi": tuple(batch[1] for batch in drawn), "u": tuple(batch[2] for batch in drawn), "U": failed,
                    "Q": tuple(sp.Integer(all(failed[:size])) for size in range(batches + 1))}))
    moments = ((length**2 * (1 - chance), zero), (zero, length**2 * chance))
    return Sample({"D": 2, "n": inputs, "J": batches, "tau": reach, "B": length, "t": level, "C": moments,
                   "f": (1 + draw.rational(0, 1)) / (inputs * chance**2)}, tuple(law))


CLAIM = Entry(
    Claim("tree:probe-fit/batches", "Batches of inputs that fit probes", Source("BA", "algorithm and its cost"), "ours", "upper",
          (("size", ge(J, 0)), *((name, FITTED[name]) for name in ONCE),
           *((name, every_batch(hypothesis)) for name, hypothesis in FITTED.items() if name not in ONCE),
           ("start", Named("surely", eq(Q[1], 1))), ("next", every_batch(Named("surely", NEXT))), ("marks", every_batch(Named("surely", ge(Q[b], 0)))),
           ("independent", every_batch(eq(E(Q[b] * U[b]), E(Q[b]) * E(U[b]))))), CONCLUSION, uses=("tree:probe-fit",)),
    derive, sample,
    quantities=(Quantity("inputs", "inputs of a batch that suffice", ENOUGH), Quantity("failure", "probability that all batches fail, at most", CONCLUSION.right)),
)
