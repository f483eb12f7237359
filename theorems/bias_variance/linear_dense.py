"""Dense least squares: excess risk s2 d/(n - d - 1), for all d and n > d + 1 (SKD (i), the linear-Gaussian case).

y = X b + e with X of n independent rows N(0, 1_d) and white noise e of level s2 independent of X; W = (X'X)^{-1}.
Each coefficient has the mean squared error s2/(n - d - 1), so the excess risk on a fresh isotropic input is the sum.
E is here the expectation of the normal design: only linearity and independence of integrable variables are used.
"""

from theorems.bias_variance._design import DESIGN, NOISE, SIZE, d, designs, e, error, excess, joint, n, noise, s2, white, x
from theorems.bias_variance._risks import DENSE
from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.foundations.excess_risk import coins
from theorems.foundations.least_squares import ERROR, SPREAD, image, inverse
from theorems.foundations.white_noise import CONCLUSION
from theorems.lemmas.wishart_inverse import LEMMA, W, X
from theorems.logic import ForAll, Named, Proposition, eq, ge, le
from theorems.terms import E, RandomFamily, substitute
from theorems.vocabulary import each, i, k, sp, total

W2, X2, e2 = RandomFamily("W_2"), RandomFamily("X_2"), RandomFamily("e_2")
RANGE = {"i_low": le(1, i), "i_high": le(i, d)}
COEFFICIENT = each(lambda a: eq(E(error(a) ** 2), s2 / (n - d - 1)), d)
RISK = eq(excess(error, d), DENSE)


def surely(s: Derivation, part: str, statement: Proposition, shape: object) -> str:
    """E of a function of both sides of an identity of least squares, which holds for every draw."""
    free = {"W": W2, "X": X2, "e": e2} if part == "error" else {"W": W2, "X": X2}
    names = {name: RandomFamily(name) for name in free}

    def draw(inner: Derivation) -> None:
        every = inner.use(f"base:least-squares/{part}", substitute(statement, free), ["inverse_2"], **free)
        here = substitute(statement.then, free)  # type: ignore[attr-defined]
        inner.rewrite(eq(shape(here.left), shape(here.right)), ["i_low", "i_high"], using=[at(every, i=i)])  # type: ignore[operator]

    fact = s.for_all(tuple(free.values()), {"inverse_2": inverse(W2, X2)}, draw)
    both = substitute(statement.then, names)  # type: ignore[attr-defined]
    then = ForAll(tuple(names.values()), (inverse(W, X),), eq(shape(both.left), shape(both.right)))  # type: ignore[operator]
    fact = s.restate(then, [fact])
    return s.step("expect", eq(E(then.then.left), E(then.then.right)), [fact, "inverse", "i_low", "i_high"])  # type: ignore[attr-defined]


def coefficient(p: Derivation) -> None:
    moments = p.cite("Wishart inverse moment", LEMMA.claim.conclusion, ["size", "design", "inverse"])

    def one(s: Derivation) -> None:
        linear = surely(s, "error", ERROR, lambda term: term**2)
        row = sp.Lambda((k,), image(i, k, W, X))
        apart = s.step("independence", Named("independent", row, e), ["apart"])
        square = s.use("base:white-noise", substitute(CONCLUSION, {"A": row}), [apart, "noise"], A=row)
        spread = surely(s, "spread", SPREAD, lambda term: term)
        s.combine(eq(E(error(i) ** 2), s2 / (n - d - 1)), {linear: 1, square: 1, spread: s2, at(moments, i=i, j=i): s2}, ["size", "i_low", "i_high"])

    p.for_all((i,), RANGE, one)


def dense(p: Derivation) -> None:
    mean = p.use("bv:linear-dense/coefficients", COEFFICIENT, ["size", "design", "inverse", "noise", "apart"])
    rule = sp.Lambda((i,), error(i))
    apart = p.step("independence", Named("independent", rule, x), ["fresh"])
    values = {"A": rule, "e": x, "n": d, "s2": sp.Integer(1)}
    risk = p.use("base:white-noise", substitute(CONCLUSION, values), [apart, "input"], **values)
    passed = p.use("base:mean-of-sum", eq(E(total(lambda a: error(a) ** 2, d)), total(lambda a: E(error(a) ** 2), d)), V=d, S=sp.Lambda((i,), error(i) ** 2))
    summed = p.step("termwise", eq(total(lambda a: E(error(a) ** 2), d), total(lambda a: s2 / (n - d - 1), d)), [mean, "size"], range=(1, d))
    count = p.step("count", eq(total(lambda a: s2 / (n - d - 1), d), s2 * d / (n - d - 1)), ["size", "d"])
    p.combine(RISK, {risk: 1, passed: 1, summed: 1, count: 1}, ["size"])


def sample(draw: Draw) -> Sample:
    columns = draw.integer(1, 2)
    rows, design = designs(columns)
    level, noises = noise(draw, rows)
    return Sample({"d": columns, "n": rows, "s2": level, "b": draw.family(columns, -2, 2)}, joint(design, noises, coins(columns, "x")), ("standard normal",))


SOURCE = Source("SKD", "abstract (i)")
CLAIMS = (
    Entry(Claim("bv:linear-dense/coefficients", "Error of each dense coefficient", SOURCE, "ours", "identity", (SIZE, *DESIGN, *NOISE), COEFFICIENT,
                uses=("base:white-noise", "base:least-squares/error", "base:least-squares/spread")), coefficient, sample),
    Entry(Claim("bv:linear-dense", "Excess risk of the dense teacher", SOURCE, "ours", "identity",
                (("d", ge(d, 1)), SIZE, *DESIGN, *NOISE, ("input", white(x, sp.Integer(1), d)), ("fresh", Named("independent", x, sp.Tuple(X, W, e)))), RISK,
                uses=("bv:linear-dense/coefficients", "base:white-noise", "base:mean-of-sum")), dense, sample,
          quantities=(Quantity("risk", "excess risk of the dense teacher", DENSE),)),
)
