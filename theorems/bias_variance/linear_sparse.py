"""Least squares on the known support: excess risk r + (s2 + r) s/(n - s - 1), r = |b off S|^2, for all s, t and n > s + 1.

X (n x s) holds the inputs on the support S, Z (n x t) those off it, c their coefficients: y = X b + Z c + e.  What is left
out is noise to the student: Z c + e is white of level s2 + r and independent of X, so the dense result applies with s for d.
Of Z and of the fresh input only independence, mean 0 and unit covariance are used (SKD (i), the linear-Gaussian case).
"""

from theorems.bias_variance._design import W, X, designs, e, error, excess, joint, n, noise, s2, white, x, z
from theorems.bias_variance._risks import DIRECT, r
from theorems.bias_variance._risks import s as size
from theorems.bias_variance.linear_dense import COEFFICIENT
from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.excess_risk import EXCESS, ISOTROPIC, Z, c, centred, coins, effective, missing, t
from theorems.foundations.excess_risk import NOISE as EFFECTIVE
from theorems.foundations.least_squares import inverse
from theorems.lemmas.wishart_inverse import standard_normal
from theorems.logic import Named, Proposition, eq, ge, gt
from theorems.terms import E, substitute
from theorems.vocabulary import i, k, sp, total

LEVEL = s2 + missing(c)
U = sp.Lambda((k,), effective(k))
RULE = sp.Lambda((i,), substitute(error(i), {"e": U, "d": size}))
RISK = eq(excess(RULE, size, lambda a: c[a], t), DIRECT.xreplace({r: missing(c)}))


def derive(p: Derivation) -> None:
    level = p.use("base:effective-noise", EFFECTIVE, ["isotropic", "noise", "mean", "ignored_apart"])
    apart = p.step("independence", Named("independent", sp.Tuple(X, W), U), ["apart"])
    values = {"d": size, "e": U, "s2": LEVEL}
    each = p.use("bv:linear-dense/coefficients", substitute(COEFFICIENT, values), ["size", "design", "inverse", level, apart], **values)
    used = p.step("independence", Named("independent", RULE, x), ["fresh"])
    lost = p.step("independence", Named("independent", z, sp.Tuple(x, RULE)), ["fresh_ignored"])
    values = {"D": RULE, "d": size}
    risk = p.use("base:excess-risk", substitute(EXCESS, values), ["input", "input_ignored", "input_mean", used, lost], **values)
    square = sp.Lambda((i,), RULE(i) ** 2)
    passed = p.use("base:mean-of-sum", eq(E(total(square, size)), total(lambda a: E(square(a)), size)), V=size, S=square)
    share = LEVEL / (n - size - 1)
    summed = p.step("termwise", eq(total(lambda a: E(square(a)), size), total(lambda a: share, size)), [each, "size"], range=(1, size))
    count = p.step("count", eq(total(lambda a: share, size), share * size), ["size", "support"])
    p.combine(RISK, {risk: 1, passed: 1, summed: 1, count: 1}, ["size"])


HADAMARD = ((1, 1, 1, 1), (1, -1, 1, -1), (1, 1, -1, -1), (1, -1, -1, 1))


def sample(draw: Draw) -> Sample:
    """One weight on the support and one off it: Z runs over a Hadamard basis (identity covariance), x is 1."""
    rows, design = designs(1)
    level, noises = noise(draw, rows)
    ignored = [(sp.Rational(1, 4), {"Z": tuple((sp.Integer(a),) for a in line)}) for line in HADAMARD]
    law = joint(design, noises, ignored, [(sp.Integer(1), {"x": (sp.Integer(1),)})], coins(1, "z"))
    return Sample({"s": 1, "t": 1, "n": rows, "s2": level, "b": draw.family(1, -2, 2), "c": draw.family(1, -2, 2)}, law, ("standard normal",))


HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("support", ge(size, 0)), ("size", gt(n, size + 1)), ("design", standard_normal(n, size)), ("inverse", Named("surely", inverse(W, X, size))),
    ("isotropic", ISOTROPIC), ("noise", white(e, s2)), ("mean", centred(e, n)),
    ("ignored_apart", Named("independent", Z, e)), ("apart", Named("independent", sp.Tuple(X, W), sp.Tuple(Z, e))),
    ("input", white(x, sp.Integer(1), size)), ("input_ignored", white(z, sp.Integer(1), t)), ("input_mean", centred(z, t)),
    ("fresh", Named("independent", x, sp.Tuple(X, W, Z, e))), ("fresh_ignored", Named("independent", z, sp.Tuple(x, X, W, Z, e))),
)
CLAIM = Entry(
    Claim("bv:linear-sparse", "Excess risk of the student trained on the labels", Source("SKD", "abstract (i)"), "ours", "identity", HYPOTHESES, RISK,
          uses=("bv:linear-dense/coefficients", "base:effective-noise", "base:excess-risk", "base:mean-of-sum")),
    derive, sample,
)
