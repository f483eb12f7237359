"""power_T, T > 1, has no global l1 constant: for every L > 0 some law (1 - e, e) on two classes is carried more than L times
as far from the image of the vertex (1, 0), which power keeps, as it lay from the vertex.

The image of (1 - e, e) has second entry >= e^(1/T)/2, and e^(1/T - 1) is as large as one likes.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Exists, eq, gt, le, lt
from theorems.vocabulary import T, sp

e, L = sp.symbols("e L", real=True)


def second(mass: sp.Expr) -> sp.Expr:
    """The second entry of the image of (1 - mass, mass)."""
    return mass ** (1 / T) / (mass ** (1 / T) + (1 - mass) ** (1 / T))


CONCLUSION = Exists((e,), (gt(e, 0), lt(e, 1)), gt(2 * second(e), L * (2 * e)))
EXPONENT = T / (T - 1)
MASS = sp.exp(-EXPONENT * sp.log(2 * L + 2))


def derive(d: Derivation) -> None:
    mass = sp.Symbol("mass", real=True)
    named = d.step("define", eq(mass, MASS), ["T", "L"])
    positive = d.transfer(gt(mass, 0), d.sign(gt(MASS, 0), ["T", "L"]), [named, "T", "L"])
    exponent = d.sign(lt(-EXPONENT * sp.log(2 * L + 2), 0), ["T", "L"])
    below = d.transfer(lt(mass, 1), d.sign(lt(MASS, 1), ["T", "L", exponent]), [named, "T", "L"])
    logarithm = d.rewrite(eq(sp.log(mass), -EXPONENT * sp.log(2 * L + 2)), ["T", "L", positive], using=[named])
    power = d.rewrite(eq((1 / T - 1) * sp.log(mass), sp.log(2 * L + 2)), ["T", "L", positive], using=[logarithm])
    large = d.rewrite(eq(sp.exp((1 / T - 1) * sp.log(mass)), 2 * L + 2), ["T", "L", positive], using=[power])
    first = d.sign(le(sp.exp(sp.log(mass) / T), 1), ["T", positive, d.sign(lt(sp.log(mass), 0), [positive, below])])
    rest = d.sign(lt(sp.log(1 - mass), 0), [positive, below])
    other = d.sign(le(sp.exp(sp.log(1 - mass) / T), 1), ["T", below, rest])
    root = d.sign(gt(mass ** (1 / T), 0), ["T", positive])
    scope = ["T", "L", positive, below, root]
    total = d.combine(le(mass ** (1 / T) + (1 - mass) ** (1 / T), 2), {first: 1, other: 1}, scope)
    half = d.sign(le(mass ** (1 / T) / 2, second(mass)), [total, *scope])
    scaled = d.combine(gt(mass ** (1 / T), 2 * L * mass), {d.sign(gt(2 * mass, 0), [positive]): 1, large: -mass}, scope)
    far = d.combine(gt(2 * second(mass), L * (2 * mass)), {half: 2, scaled: 1}, scope)
    d.exhibit(CONCLUSION, [positive, below, far], e=mass)


def sample(draw: Draw) -> Sample:
    return Sample({"T": draw.rational("9/8", 4), "L": draw.rational("1/100", "1/50")})


CLAIM = Entry(
    Claim("op:power-not-lipschitz", "Power has no global Lipschitz constant", Source("ours", "this project"), "ours", "existence",
          (("T", gt(T, 1)), ("L", gt(L, 0))), CONCLUSION),
    derive, sample,
)
