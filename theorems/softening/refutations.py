"""Three statements about softening that are false as written, each with an exact counterexample.

* mixing stays in the simplex for T < 1;
* power with T > 1 does not increase KL;
* tempering every token of a sequence raises the entropy of the sequence.
"""

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import All, ge, gt, le, lt
from theorems.vocabulary import T, V, each, entropy, i, kl, law, mixing, p, positive_law, power, q, r, sp, total

OURS = Source("ours", "this project")
M = sp.IndexedBase("M")
HALF = sp.Rational(1, 2)


def sequence_entropy(first: object) -> sp.Expr:
    """Entropy of two tokens: the first with law `first`, then one of M_i equally likely ones after token i."""
    return entropy(first) + total(lambda a: first(a) * sp.log(M[a]))  # type: ignore[operator]


CLAIMS = (
    Entry(
        Claim("op:mixing-below-one", "Mixing stays in the simplex below T = 1", OURS, "ours", "refutation",
              (("p", law(p)), ("V", ge(V, 2)), ("T", All(gt(T, 0), lt(T, 1))), ("low", le(1, i)), ("high", le(i, V))),
              ge(mixing(p, T)(i), 0), expected="refuted", repaired="op:mixing",
              note="On T >= 1 mixing is a family of maps of the simplex."),
        lambda d: d.counterexample(V=2, p=(1, 0), T=HALF, i=2)),
    Entry(
        Claim("op:power-kl", "Power with T > 1 does not increase KL", OURS, "ours", "refutation",
              (("p", positive_law(p)), ("q", positive_law(q)), ("T", gt(T, 1))),
              le(kl(power(p, T), power(q, T)), kl(p, q)), expected="refuted", repaired="op:hilbert",
              note="Power contracts Hilbert's projective metric; mixing contracts KL (op:mixing-contraction)."),
        lambda d: d.counterexample(V=2, p=(sp.Rational(99, 100), sp.Rational(1, 100)), q=(sp.Rational(999, 1000), sp.Rational(1, 1000)), T=2)),
    Entry(
        Claim("op:sequence-entropy", "Tempering every token raises the entropy of the sequence", OURS, "ours", "refutation",
              (("r", positive_law(r)), ("M", each(lambda a: ge(M[a], 1))), ("T", gt(T, 1))),
              ge(sequence_entropy(power(r, T)), sequence_entropy(lambda a: r[a])), expected="refuted", repaired="op:entropy-derivative",
              note="Uniform continuations are fixed by tempering; the entropy of a single token does rise."),
        lambda d: d.counterexample(V=2, r=(sp.Rational(9, 10), sp.Rational(1, 10)), M=(1000, 1), T=2)),
)
