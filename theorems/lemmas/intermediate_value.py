"""The intermediate value theorem: a continuous real function on [a, b] takes every value between its values at the ends."""

from theorems.claim import Claim, Source
from theorems.lemmas import Lemma
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt
from theorems.vocabulary import sp

f = sp.Function("f")
a, b, d, e, s, x, y = sp.symbols("a b d e s x y", real=True)
NEAR = ForAll((y,), (le(a, y), le(y, b), lt(y, x + d), gt(y, x - d)), All(lt(f(y), f(x) + e), gt(f(y), f(x) - e)))
CONTINUOUS = ForAll((x, e), (le(a, x), le(x, b), gt(e, 0)), Exists((d,), (gt(d, 0),), NEAR))
LEMMA = Lemma(
    "intermediate value theorem",
    Claim("lemma:intermediate-value", "Intermediate value theorem", Source("ours", "textbook"), "ours", "existence",
          (("order", le(a, b)), ("continuous", CONTINUOUS), ("low", ge(f(a), s)), ("high", le(f(b), s))), Exists((x,), (le(a, x), le(x, b)), eq(f(x), s))),
    "W. Rudin, Principles of Mathematical Analysis, 3rd edition, McGraw-Hill 1976, theorem 4.23",
)
