"""The mean of the inverse Gram matrix of a standard normal design: 1/(n - d - 1) times the identity, n > d + 1."""

from theorems.claim import Claim, Source
from theorems.foundations.least_squares import d, delta, i, inverse, j, n
from theorems.lemmas import Lemma
from theorems.logic import ForAll, Named, Proposition, eq, gt, le
from theorems.terms import E, RandomFamily

X, W = RandomFamily("X"), RandomFamily("W")


def standard_normal(rows: object = n, columns: object = d) -> Proposition:
    """The entries X[k, j], k = 1..rows, j = 1..columns, are independent N(0, 1)."""
    return Named("standard normal", X, rows, columns)


SURELY_INVERSE = Named("surely", inverse(W, X))
LEMMA = Lemma(
    "Wishart inverse moment",
    Claim("lemma:wishart-inverse", "Mean of an inverse Wishart matrix", Source("ours", "textbook"), "ours", "identity",
          (("size", gt(n, d + 1)), ("design", standard_normal()), ("inverse", SURELY_INVERSE)),
          ForAll((i, j), (le(1, i), le(i, d), le(1, j), le(j, d)), eq(E(W[i, j]), delta(i, j) / (n - d - 1)))),
    "K. V. Mardia, J. T. Kent, J. M. Bibby, Multivariate Analysis, Academic Press 1979, section 3.8 (the inverted Wishart distribution)",
    stays="the moment of an inverse Gram matrix needs the joint density of n d standard normal entries and integrals over it; "
    "the formal wing knows finite laws alone",
)
