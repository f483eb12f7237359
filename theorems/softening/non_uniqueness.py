"""Power and mixing are not reparametrisations of each other (SKD v): at p = (4, 2, 1)/7 no T, T2 > 1 give equal outputs.

Every power image keeps F_1 F_3 = F_2^2, for 4 * 1 = 2^2; every mixing image has F_1 F_3 > F_2^2, for 4 + 1 > 2 * 2.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import Any_, eq, gt, ne
from theorems.vocabulary import T2, T, sp

MASSES = tuple(sp.Rational(a, 7) for a in (4, 2, 1))


def power_image(index: int) -> sp.Expr:
    return MASSES[index] ** (1 / T) / sum(a ** (1 / T) for a in MASSES)


def mixing_image(index: int) -> sp.Expr:
    return MASSES[index] / T2 + (1 - 1 / T2) / 3


def product_gap(image: object) -> sp.Expr:
    return image(0) * image(2) - image(1) ** 2  # type: ignore[operator]


CONCLUSION = Any_(*(ne(power_image(a), mixing_image(a)) for a in range(3)))


def derive(d: Derivation) -> None:
    flat = d.rewrite(eq(product_gap(power_image), 0), ["T"])
    bent = d.combine(gt(product_gap(mixing_image), 0), {d.sign(gt((1 - 1 / T2) / (21 * T2), 0), ["T2"]): 1}, ["T2"])

    def absurd(s: Derivation) -> None:
        one, two, three = (s.restate(eq(power_image(a), mixing_image(a)), ["equal"]) for a in range(3))
        weights = {one: mixing_image(2), three: power_image(0), two: -power_image(1) - mixing_image(1)}
        s.combine(gt(0, 0), {bent: 1, flat: -1, **{fact: -weight for fact, weight in weights.items()}}, ["T", "T2"])

    d.contradiction(CONCLUSION, absurd, negated="equal", because="equal outputs would have equal product gaps")


def sample(draw: Draw) -> Sample:
    return Sample({"T": draw.rational("9/8", 9), "T2": draw.rational("9/8", 9)})


CLAIM = Entry(
    Claim("op:non-uniqueness", "Power and mixing are different families", Source("SKD", "abstract (v)"), "ours", "existence",
          (("T", gt(T, 1)), ("T2", gt(T2, 1))), CONCLUSION),
    derive, sample,
)
