"""Cauchy's functional equation: an additive real function that is positive on the positive numbers is a multiple of its argument."""

from theorems.claim import Claim, Source
from theorems.lemmas import Lemma
from theorems.logic import ForAll, eq, gt
from theorems.vocabulary import sp

g = sp.Function("g")
x, y = sp.symbols("x y", real=True)
ADDITIVE = ForAll((x, y), (), eq(g(x + y), g(x) + g(y)))
POSITIVE = ForAll((x,), (gt(x, 0),), gt(g(x), 0))
LEMMA = Lemma(
    "Cauchy's functional equation",
    Claim("lemma:cauchy-equation", "Cauchy's functional equation", Source("ours", "textbook"), "ours", "identity",
          (("additive", ADDITIVE), ("positive", POSITIVE)), ForAll((x,), (), eq(g(x), x * g(1)))),
    "J. Aczel, Lectures on Functional Equations and Their Applications, Academic Press 1966, section 2.1",
)
