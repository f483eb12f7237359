"""Hunts for witnesses: floats look, exact rationals and balls decide.

A witness is a dictionary of exact numbers that satisfies its axiom's `breach`.  Candidates are tried from the
simplest on, then at random with a seed; the first whose breach is shown by `recheck` is returned.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import sympy as sp

from numerics.balls import precision
from numerics.budget import Deadline
from numerics.images import NoValue, Real, float_image, log, real_image
from theorems.axiom import Axiom
from theorems.conditions import parts
from theorems.operator import BlackBox, Form, Operator, Separable, V, Vector
from theorems.verdict import Refuted

Witness = dict[str, Any]
#: Images in floats, by the entries of the law and the temperature.
Images = dict[tuple[float, ...], list[float]]
BITS: Final = 320
NOISE: Final = 1e-11
#: Candidates that are tried whatever the time.
SURE: Final = 500


def fractions(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)


def _law(*weights: int) -> tuple[Fraction, ...]:
    total = sum(weights)
    return tuple(Fraction(w, total) for w in weights)


#: Laws from the simplest on: ordered, near ties, near vertices, faces, ties, many classes.
LAWS: Final = (
    _law(2, 1), _law(3, 1), _law(51, 49), _law(9, 1), _law(99, 1), _law(1, 0), _law(3, 2, 1), _law(4, 2, 1), _law(5, 3, 2), _law(2, 1, 0),
    _law(90, 9, 1), _law(1, 0, 0), _law(1, 1, 0), _law(40, 35, 25), _law(98, 1, 1), _law(4, 3, 2, 1), _law(97, 2, 1), _law(34, 33, 33),
    _law(90, 4, 3, 2, 1), _law(1, 2, 3), _law(999, 1), _law(9999, 1), _law(501, 499), _law(60, 39, 1), _law(50, 49, 1), _law(996, 2, 1, 1),
    (Fraction(1, 2), *[Fraction(1, 22)] * 10, Fraction(1, 22)), (Fraction(2, 5), Fraction(1, 5), *[Fraction(1, 100)] * 40),
    (Fraction(1, 10), *[Fraction(1, 100)] * 90), _law(10**6 - 1, 1), _law(*([3] * 10 + [2] * 10)),
)
#: The weights of further laws, for formulas that know V.
HUGE: Final = ((2, *[1] * 1500), (5000, *[1] * 5000))
_TEMPERATURES: Final = fractions(
    "1", "2", "1/2", "3/2", "3", "4", "1/4", "11/10", "9/10", "10", "1/10", "5", "100", "3/4", "101/100", "99/100", "1/20", "1000", "7", "30",
    "1000000", "1/1000", "1000000000000")


def temperatures(operator: Operator) -> list[Fraction]:
    """Temperatures of the domain, its ends among them."""
    low, high = operator.domain.low, operator.domain.high
    ends = [Fraction(int(e.p), int(e.q)) for e in (low, high) if isinstance(e, sp.Rational) and e > 0]
    return list(dict.fromkeys(t for t in (*_TEMPERATURES, *ends) if t in operator.domain))


def laws(operator: Operator) -> list[tuple[Fraction, ...]]:
    """Laws that the operator takes: all, or those with the V of a vector."""
    if isinstance(operator.form, Vector):
        size = len(operator.form.components)
        fixed = {law for law in LAWS if len(law) == size}
        return sorted(fixed | {_law(*(2**k for k in range(size))), _law(*range(1, size + 1)), _law(*range(size)), _law(1, *[0] * (size - 1))})
    return [*LAWS, *(_law(*weights) for weights in HUGE)] if _knows_size(operator.form) else list(LAWS)


def _knows_size(form: Form) -> bool:
    return V in form.weight.free_symbols if isinstance(form, Separable) else any(_knows_size(part.form) for part in parts(form))


def random_law(chance: random.Random, size: int) -> tuple[Fraction, ...]:
    """A random law: flat, steep, with near ties or zeros."""
    style = chance.randrange(4)
    weights = [chance.randint(1, 1000) if style else int(10 ** chance.uniform(0, 5)) for _ in range(size)]
    if style == 2 and size > 1:
        weights[1] = weights[0] + chance.choice((-1, 1)) * (weights[0] > 1)
    if style == 3 and size > 2:
        weights[-1] = 0
    return _law(*weights)


def candidates(label: str, operator: Operator, chance: random.Random) -> Iterator[Witness]:
    """Exact candidates for a witness against `label`, simple ones first, then random ones without end."""
    heats, all_laws = temperatures(operator), laws(operator)
    if label == "prop:kl-nonexpansive":  # sharpening expands for plain reasons; softening is the question
        heats.sort(key=lambda t: t < 1)
    build = _BUILDERS[label]
    if label == "prop:kl-nonexpansive":
        for t in heats:
            yield from _vertices(t, all_laws)
    for law, t in itertools.product([law for law in all_laws if len(law) > 1000], heats[:2]):  # for weights that know V
        yield from build(law, t, heats, all_laws, chance)
    short, long = [law for law in all_laws if len(law) < 12], [law for law in all_laws if len(law) >= 12]
    for some in (heats[:2], heats[2:6], heats[6:8]):
        for t, law in itertools.product(some, short):
            yield from build(law, t, heats, all_laws, chance)
    for law, t in (*itertools.product(long, heats[:6]), *itertools.product(all_laws, heats[6:])):
        yield from build(law, t, heats, all_laws, chance)
    sizes = [len(all_laws[0])] if isinstance(operator.form, Vector) else [2, 3, 3, 4, 6]
    while True:
        t = Fraction(round(1000 * math.exp(chance.gauss(0, 1.2))) + 1, 1000)
        if t in operator.domain:
            yield from build(random_law(chance, chance.choice(sizes)), t, heats, all_laws, chance)


Builder = Callable[[Sequence[Fraction], Fraction, Sequence[Fraction], Sequence[Sequence[Fraction]], random.Random], Iterator[Witness]]


def built(label: str, law: Sequence[Fraction], heat: Fraction, heats: Sequence[Fraction], all_laws: Sequence[Any]) -> Iterator[Witness]:
    """The candidates against `label` at one law and temperature."""
    return _BUILDERS[label](law, heat, heats, all_laws, random.Random(0))


def _ranking(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    order = sorted(range(len(law)), key=lambda k: -law[k])
    for i, j in itertools.pairwise(order[:6] + order[-2:]):
        if law[i] > law[j]:
            yield {"p": law, "T": t, "i": i, "j": j}


def _two_heats(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    above = sorted(h for h in heats if h > t)
    for later in (*above[:2], *above[-1:]) if t in heats else above[:1]:
        yield {"p": law, "T": t, "T2": later}
    below = [h for h in heats if h < t]
    if t not in heats and below:
        yield {"p": law, "T": max(below), "T2": t}


def _heat(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    yield {"p": law, "T": t}


def _law_only(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    if t == heats[0] or t not in heats:
        yield {"p": law}


def _semigroup(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    for later in heats[1:6] if heats[0] == 1 else heats[:5]:
        if t != 1 and min(heats) <= t * later <= max(heats):
            yield {"p": law, "T": t, "T2": later, "composed": True}


def _equivariance(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    size = len(law)
    if t != 1 and size < 12:
        yield {"p": law, "T": t, "permutation": [*range(1, size), 0]}
        yield {"p": law, "T": t, "permutation": [*range(size - 2), size - 1, size - 2]}


def _restriction(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    if len(law) > 2 and t != 1:
        for subset in ([0, 1], [0, len(law) - 1], [1, 2]):
            if sum(law[k] for k in subset) > 0:
                yield {"p": law, "T": t, "subset": subset}


def _pairs(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    others = [other for other in all_laws if len(other) == len(law) and other != law]
    mirror = tuple(reversed(law))
    for other in (*others[:3], *others[-2:], *([mirror] if mirror != law else [])) if t != 1 else ():
        yield {"p": law, "q": other, "T": t}
    if t != 1 and 0 not in law:
        near = tuple(a * Fraction(999, 1000) + b * Fraction(1, 1000) for a, b in zip(law, mirror, strict=True))
        yield {"p": law, "q": near, "T": t}


def _divergences(law: Any, t: Any, heats: Any, all_laws: Any, chance: Any) -> Iterator[Witness]:
    yield from _pairs(law, t, heats, all_laws, chance)


_STEEP: Final = (
    ((99, 1), (999, 1)), ((999, 1), (99, 1)), ((9, 1), (99, 1)), ((1, 0), (9, 1)), ((1, 0), (99, 1)), ((1, 0), (999, 1)),
    ((98, 1, 1), (998, 1, 1)), ((499, 499, 2), (49, 49, 2)))


def _vertices(t: Fraction, all_laws: Sequence[Any]) -> Iterator[Witness]:
    """Pairs near a vertex or an edge: there the metric of KL is steep."""
    sizes = {len(one) for one in all_laws}
    for first, other in _STEEP:
        if t != 1 and len(first) in sizes:
            yield {"p": _law(*first), "q": _law(*other), "T": t}


_BUILDERS: Final[Mapping[str, Builder]] = {
    "ax:ranking": _ranking, "ax:entropy": _two_heats, "prop:majorisation": _two_heats, "prop:simplex": _heat, "ax:identity": _law_only,
    "prop:semigroup": _semigroup, "prop:equivariance": _equivariance, "prop:restriction": _restriction, "prop:affine": _pairs,
    "prop:kl-nonexpansive": _divergences,
}


def hunts(label: str) -> bool:
    """Whether a finite witness can refute the label."""
    return label in _BUILDERS


def hunt(
    axiom: Axiom, operator: Operator, *, seed: int = 0, seconds: float = 2.0, least: int = SURE, tries: int = 4000,
    images: Images | None = None,
) -> Witness | None:
    """A rechecked witness against the axiom, or None: `least` candidates are tried however long they take, `tries` at most.

    Hunts for one operator may share their `images`.
    """
    end, doubtful, chance, images = Deadline.after(seconds), list[Witness](), random.Random(seed), {} if images is None else images
    for count, candidate in enumerate(itertools.islice(candidates(axiom.label, operator, chance), tries), start=1):
        witness, score = scored(axiom, operator, candidate, images)
        if score > 1e-7 or (score > -1e-14 and axiom.label == "ax:ranking"):
            if confirmed(axiom, operator, witness):
                return witness
        elif score > NOISE and len(doubtful) < 20:
            doubtful.append(witness)
        if count >= least and end.left() <= 0:
            break
    return next((witness for witness in doubtful if confirmed(axiom, operator, witness)), None)


def scored(axiom: Axiom, operator: Operator, candidate: Witness, images: Images | None = None) -> tuple[Witness, float]:
    """How far the candidate breaks the axiom in floats; negative where it does not."""
    if axiom.breach is None:
        return candidate, -1.0
    memory: Images = {} if images is None else images

    def image(law: Sequence[Any], temperature: Any) -> Sequence[float]:
        key = (*map(float, law), float(temperature))
        if key not in memory:
            memory[key] = float_image(operator, law, temperature)
        return _a_law(axiom, memory[key])

    try:
        if "q" in candidate and axiom.label == "prop:kl-nonexpansive":
            growth = _growth(candidate, image)
            if not 1 + 1e-6 < growth < 1e9:
                return candidate, -1.0
            digits = 10 ** (2 + max(0, math.ceil(-math.log10(growth - 1))))
            candidate = {**candidate, "ratio": Fraction(math.floor((1 + 0.99 * (growth - 1)) * digits), digits)}
        strict, weak = axiom.breach(candidate, image, log)
        return candidate, min([float(v) for v in strict] + [float(v) for v in weak])
    except (NoValue, ArithmeticError, ValueError, TypeError):
        return candidate, -1.0


def _growth(candidate: Witness, image: Callable[..., Sequence[float]]) -> float:
    from theorems.axioms.kl_nonexpansive import divergence

    first, other = candidate["p"], candidate["q"]
    if any(a > 0 and b == 0 for a, b in zip(first, other, strict=True)):
        return 0.0
    before = divergence([float(a) for a in first], [float(b) for b in other], math.log)
    return divergence(image(first, candidate["T"]), image(other, candidate["T"]), math.log) / before if before > 1e-12 else 0.0


def _a_law(axiom: Axiom, image: list[Any]) -> list[Any]:
    """The image, if it is a law as far as floats can tell: what is none speaks only about prop:simplex."""
    entries = [float(entry) for entry in image]
    if axiom.label != "prop:simplex" and (min(entries) < -1e-9 or abs(sum(entries) - 1) > 1e-9):
        raise NoValue("the image is no law")
    return image


def confirmed(axiom: Axiom, operator: Operator, witness: Witness) -> bool:
    """`recheck`, and for formulas also the independent evaluation that `overproof check` uses."""
    if not recheck(axiom, operator, witness):
        return False
    if operator.form_name not in ("separable", "vector"):  # for generators a second enclosure takes seconds; `check` does it
        return True
    from numerics import witness as independent

    shape = {"form": operator.form_name, "expression": operator.expression(), "domain": list(operator.domain.pair())}
    return isinstance(independent.recheck(axiom.label, shape, exactly(witness)), Refuted)


def recheck(axiom: Axiom, operator: Operator, witness: Witness) -> bool:
    """True when exact arithmetic or balls show every inequality of the breach, at laws and temperatures that qualify."""
    if axiom.breach is None or not qualifies(operator, witness):
        return False
    memory: dict[Any, Any] = {}

    def image(law: Sequence[Any], temperature: Any) -> Sequence[Real]:
        exact = tuple(Real(entry).exact for entry in law)
        key = (exact, Real(temperature).exact)
        if None in exact or key[1] is None:
            return _a_law(axiom, real_image(operator, law, temperature))
        if key not in memory:
            memory[key] = _a_law(axiom, real_image(operator, law, temperature))
        return memory[key]  # type: ignore[no-any-return]

    try:
        with precision(BITS):
            strict, weak = axiom.breach(witness, image, log)
            return all(Real(v).shown_positive() for v in strict) and all(Real(v).shown_nonnegative() for v in weak)
    except (NoValue, ArithmeticError, ValueError, TypeError):
        return False


def qualifies(operator: Operator, witness: Witness) -> bool:
    """Laws have entries >= 0 that sum to exactly 1, temperatures lie in the domain (products too)."""
    heats = [witness[name] for name in ("T", "T2") if name in witness]
    if witness.get("composed"):
        heats.append(heats[0] * heats[1])
    good = all(t in operator.domain for t in heats)
    return good and all(min(witness[n]) >= 0 and sum(witness[n]) == 1 for n in ("p", "q") if n in witness)


def exactly(witness: Witness) -> dict[str, Any]:
    """The witness with numbers as exact strings, as in JSON."""
    def text(value: Any) -> Any:
        if isinstance(value, Fraction):
            return str(value)
        return [text(entry) for entry in value] if isinstance(value, (list, tuple)) else value

    return {name: text(value) for name, value in witness.items() if name != "composed"}


def computes_exactly(operator: Operator) -> bool:
    """Whether a black box answers exact fractions with exact fractions."""
    if not isinstance(operator.form, BlackBox):
        return True
    try:
        return all(entry.exact is not None for entry in real_image(operator, [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)], Fraction(1)))
    except NoValue:
        return False
