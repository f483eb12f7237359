"""Certificates against Alkahest's `verified_sign`, enclosures against mpmath's `iv`: ratios, taken in turns in one run.

Ours is timed cold: parsing, compiling, searching and checking, with every cache emptied.  The checker is bound by
python-flint's calls (about 60 ns an operation, 200 to 500 ns a function) and by Python's dispatch of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy as sp
from flint import fmpq

from numerics.balls import precision
from numerics.batch import Batch
from numerics.checker import check_certificate
from numerics.leaves import Replay
from numerics.search import CHUNK, certify
from tests.bench import Measurement
from tests.bench.__main__ import table
from theorems import boxclaim
from theorems.boxclaim import BoxClaim, box_claim
from theorems.evidence import Certificate
from theorems.verdict import Proved

p, T = sp.Symbol("p", real=True), sp.Symbol("T", real=True)
SOFT = p ** (1 / T) / (p ** (1 / T) + (1 - p) ** (1 / T))
HALF = sp.sqrt(p) / (sp.sqrt(p) + sp.sqrt(1 - p))
R = sp.Rational


def entropy(a: sp.Expr) -> sp.Expr:
    return -a * sp.log(a) - (1 - a) * sp.log(1 - a)


REFERENCE = {
    "x log x <= -9/100": (-R(9, 100) - p * sp.log(p), {p: ("1/10", "9/10")}, 15),
    "softening lowers the top by 1/1000": (p - SOFT - R(1, 1000), {p: ("6/10", "9/10"), T: ("11/10", 4)}, 2),
    "entropy gain of 1/1000 at T = 2": (entropy(HALF) - entropy(p) - R(1, 1000), {p: ("6/10", "99/100")}, 7),
}
TIGHT = box_claim(sp.log(2) - entropy(p), ">=", {p: (0, 1)})


def seconds(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ours(claim: BoxClaim) -> None:
    """Certify and check from the text of the claim, nothing remembered."""
    boxclaim._parsed.cache_clear()
    sp.core.cache.clear_cache()
    found = certify(claim)
    boxclaim._parsed.cache_clear()
    assert isinstance(found, Certificate) and check_certificate(found) == Proved()


def alkahest_call(formula: sp.Expr, box: dict[sp.Symbol, Any]) -> Callable[[], str] | None:
    """The same claim for Alkahest, parsed beforehand; None where the package is absent."""
    try:
        import alkahest
    except ImportError:
        return None
    pool = alkahest.ExprPool()
    symbols = {str(s): pool.symbol(str(s)) for s in box}
    expression = alkahest.parse(str(formula).replace("**", "^"), pool, symbols)
    ends = [(symbols[str(s)], float(R(str(low))), float(R(str(high)))) for s, (low, high) in box.items()]
    return lambda: str(alkahest.verified_sign(expression, ends, "nonnegative"))


def claims() -> Iterator[Measurement]:
    for name, (formula, box, rounds) in REFERENCE.items():
        claim, peer = box_claim(formula, ">=", box), alkahest_call(formula, box)
        mine, other = [], []
        for _ in range(rounds):
            mine += [seconds(lambda claim=claim: ours(claim)) for _ in range(3)]
            if peer is not None:
                other.append(seconds(peer))
        spent = statistics.median(mine)
        yield Measurement(f"certify and check {name}", 1000 * spent, "ms", note="cold")
        if other:
            theirs = statistics.median(other)
            note = f"{1000 * theirs:.4g} ms against {1000 * spent:.4g} ms"
            yield Measurement(f"{name}: times faster than Alkahest", theirs / spent, "x", at_least=10, note=note)


def tight() -> Measurement:
    """H <= log 2 on [0, 1]: decided by us; Alkahest is asked on [1/100, 99/100], where log stays defined."""
    spent = statistics.median(seconds(lambda: ours(TIGHT)) for _ in range(5))
    peer = alkahest_call(sp.log(2) - entropy(p), {p: ("1/100", "99/100")})
    return Measurement("certify and check the tight H <= log 2", 1000 * spent, "ms", note="" if peer is None else f"Alkahest: {peer()}")


def enclosures(formula: sp.Expr, box: dict[sp.Symbol, Any], name: str) -> Iterator[Measurement]:
    """Boxes a second: search in floats, checker with balls (rule n), mpmath's iv, in turns on the same boxes."""
    claim = box_claim(formula, ">=", box)
    generator = np.random.default_rng(0)
    ends = [(float(R(str(low))), float(R(str(high)))) for low, high in box.values()]
    whole = [(round(64 * low) + 1, round(64 * high) - 2) for low, high in ends]
    low = np.column_stack([generator.integers(a, b, CHUNK) / 64 for a, b in whole])
    exact = [tuple((fmpq(int(64 * x), 64), fmpq(int(64 * x) + 1, 64)) for x in line) for line in low[:400]]
    spans = [(np.ascontiguousarray(low[:, k]), low[:, k] + 1 / 64) for k in range(low.shape[1])]
    iv = mpmath.iv
    interval = sp.lambdify(list(box), formula, modules=[{"log": iv.log, "sqrt": iv.sqrt, "exp": iv.exp}], cse=True)
    pairs = [[(float(x), float(x) + 1 / 64) for x in line] for line in low[:200]]
    rates: dict[str, list[float]] = {"search": [], "checker": [], "iv": []}
    with precision(64):
        replay, run = Replay(claim), claim.program().bind(Batch())
        for _ in range(7):
            rates["search"].append(CHUNK / seconds(lambda: run(*spans)))
            rates["checker"].append(len(exact) / seconds(lambda: [replay.leaf("n", leaf) for leaf in exact]))
            rates["iv"].append(len(pairs) / seconds(lambda: [interval(*(iv.mpf(list(pair)) for pair in line)) for line in pairs]))
    fast, dull, peer = (statistics.median(rates[key]) for key in ("search", "checker", "iv"))
    for who, rate, target in (("search", fast, 100), ("checker", dull, 15)):
        note = f"{rate:.3g} against {peer:.3g} boxes a second"
        yield Measurement(f"{name}: enclosures by the {who}, times mpmath iv", rate / peer, "x", at_least=target, note=note)


def measure() -> Iterator[Measurement]:
    yield from claims()
    yield tight()
    for name, (formula, box, _) in REFERENCE.items():
        yield from enclosures(formula, box, name)


def test_targets() -> None:
    results = {"enclosure": list(measure())}
    print("\n" + table(results, []))
    assert len(results["enclosure"]) >= 10
    assert not [m for m in results["enclosure"] if m.met is False]


@pytest.mark.parametrize("name", REFERENCE)
def test_certify_and_check(benchmark: Any, name: str) -> None:
    formula, box, _ = REFERENCE[name]
    benchmark(ours, box_claim(formula, ">=", box))


def test_certify_and_check_tight(benchmark: Any) -> None:
    benchmark(ours, TIGHT)
