"""Rules for `lin:*`: the bounds are the right sides of the claims themselves, with measured numbers in the place of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import sympy as sp

from numerics.judge import Comparison
from numerics.judge_rules import Rule, _error, _place, _results
from theorems.evidence import Record
from theorems.linear import deep, limit, polynomial, risk
from theorems.vocabulary import n


def compiled(claimed: sp.Expr, parts: Mapping[str, Any]) -> Callable[..., float]:
    """A side of a claim as a function of numbers: `parts` names the terms of the claim whose values are measured."""
    symbols = {name: sp.Symbol(name) for name in parts}
    swapped = claimed.xreplace({term: symbols[name] for name, term in parts.items()})
    if swapped.free_symbols - set(symbols.values()):
        raise ValueError(f"{claimed} has the unmeasured parts {swapped.free_symbols - set(symbols.values())}")
    function = sp.lambdify(list(symbols.values()), swapped, "math")
    return lambda **values: float(function(*(values[name] for name in symbols)))


#: How close an integrated flow comes to its limit in the records: local errors add up, so ten digits are not to be had.
ARRIVED = 1e-4

SPEED = compiled(limit.SPEED, {"R": limit.R, "beta": limit.beta, "n": n})
CONSERVED = compiled(deep.LAW, {"q": deep.q, "a": deep.a, "N": deep.N})
SMALL = compiled(deep.SMALL, {"e": deep.e, "a": deep.a, "N": deep.N})
BOUND = compiled(risk.BOUND, {"wide": risk.WIDE, "side": risk.SIDE, "n": n})
MARGIN = compiled(risk.MARGIN.right, {"side": risk.SIDE, "n": n})
POLYNOMIAL = compiled(polynomial.BOUND, {"kappa": polynomial.kappa, "n": n})


def _law(record: Record) -> Any:
    return _results(record).get("risk")


def _flow(record: Record) -> Any:
    return _results(record).get("flow")


def best_bound(geometry: Any, count: int) -> float:
    """The bound of `lin:risk` at the best angle of the record's grid."""
    return min(BOUND(wide=wide, side=side, n=count) for wide, side in zip(geometry["tail"], geometry["tail_beside"], strict=True))


def _risk(record: Record) -> Iterator[Comparison]:
    found = _law(record)
    for cell in found["cells"] if found else ():
        yield from _below("lin:risk", record, cell, best_bound(found["geometry"], cell["n"]))


def _below(label: str, record: Record, cell: Any, bound: float) -> Iterator[Comparison]:
    """Mean risk <= bound; without spread among the students the comparison is exact."""
    yield Comparison(label, _place(record, f"n {cell['n']}"), cell["risk"]["mean"], "<=", bound, error=_error(cell["risk"]))


def _margin(record: Record) -> Iterator[Comparison]:
    found = _law(record)
    if found and found["law"] == "margin":
        for cell in found["cells"]:
            yield from _below("lin:margin", record, cell, MARGIN(side=found["geometry"]["tail_beside_widest"], n=cell["n"]))


def _polynomial(record: Record) -> Iterator[Comparison]:
    found = _law(record)
    if found and found["geometry"]["exponent"] is not None and found["law"] != "margin":
        for cell in found["cells"]:
            yield from _below("lin:polynomial", record, cell, POLYNOMIAL(kappa=found["geometry"]["exponent"], n=cell["n"]))


def _looseness(records: Sequence[Record]) -> str:
    """How many times the measured risk the bound is, and the risk of the learner of hard labels beside it."""
    parts = []
    for record in records:
        found = _law(record)
        if not found or found["law"] == "witness":
            continue
        cells = [cell for cell in found["cells"] if cell["risk"]["mean"] > 10 * _error(cell["risk"]) > 0]
        ratios = [best_bound(found["geometry"], cell["n"]) / cell["risk"]["mean"] for cell in cells]
        hard = [cell["hard_label"]["mean"] / cell["risk"]["mean"] for cell in cells]
        parts.append(f"{found['law']}: bound {min(ratios):.3g} to {max(ratios):.3g} times the risk, "
                     f"hard labels {min(hard):.2g} to {max(hard):.3g} times")
    return "; ".join(parts)


def _monotone(record: Record) -> Iterator[Comparison]:
    found = _law(record)
    if found:
        scale = found["teacher_norm"]
        yield Comparison("lin:monotone", _place(record, "distance"), found["largest_growth"], "<=", 0.0, scale=scale)
        yield Comparison("lin:monotone", _place(record, "angle"), found["largest_turn"], "<=", 0.0, scale=scale)


def _monotone_risk(record: Record) -> Iterator[Comparison]:
    """The mean risk at more inputs is not above that at fewer: the witness law breaks it."""
    found = _law(record)
    for step in found["risk_steps"] if found else ():
        where = _place(record, f"n {step['n'][0]} to {step['n'][1]}")
        yield Comparison("lin:monotone-risk", where, step["mean"], "<=", 0.0, error=_error(step))


def _rises(records: Sequence[Record]) -> str:
    laws = [found for record in records if (found := _law(record))]
    shares = {found["law"]: max(cell["risk_rises"] for cell in found["cells"]) for found in laws if found["law"] in ("digits", "witness")}
    return "data sets whose exact risk rose at a step: " + ", ".join(f"{law} {100 * share:.0f} %" for law, share in shares.items())


def _limit(record: Record) -> Iterator[Comparison]:
    flow = _flow(record)
    if not flow:
        return
    for row, (start, beta, bound) in enumerate(zip(flow["start"], flow["beta"], flow["R"], strict=True)):
        speed = SPEED(R=bound, beta=beta, n=flow["n"])
        for time, squared in zip(flow["times"], flow["squared_distance"], strict=True):
            right = start * float(np.exp(-speed * time))
            yield Comparison("lin:limit", _place(record, f"row {row}", f"t {time:g}"), squared[row], "<=", right, scale=start)
    for name, ends in (("flow", flow["end"][0]), ("descent", flow["descent_end"])):
        yield Comparison("lin:limit", _place(record, name, "end"), max(ends), "=", 0.0, scale=1.0, rounding=ARRIVED)


def _bias(record: Record) -> Iterator[Comparison]:
    """The start off the span arrives at v + delta; its excess error averages to |delta|^2 where there is an unseen part."""
    flow = _flow(record)
    if flow and flow["n"] < flow["d"]:
        yield Comparison("lin:bias", _place(record, "end"), max(flow["end"][1]), "=", 0.0, scale=1.0, rounding=ARRIVED)
        yield Comparison("lin:bias", _place(record, "excess"), flow["excess"]["mean"], "=", 0.0, error=_error(flow["excess"]))
        yield Comparison("lin:bias", _place(record, "off the span"), min(flow["off_span"]), "differs", 0.0)


def _deep(record: Record) -> Iterator[Comparison]:
    for run in _results(record).get("deep", ()):
        hidden, seen, layers = np.asarray(run["hidden"]), np.asarray(run["seen"]), run["depth"]
        first = [CONSERVED(q=q, a=a, N=layers) for q, a in zip(hidden[0], seen[0], strict=True)]
        size = hidden[0] + seen[0]
        for place, time in enumerate(run["times"][1:], start=1):
            for row, (q, a) in enumerate(zip(hidden[place], seen[place], strict=True)):
                where = _place(record, f"depth {layers}", f"row {row}", f"t {time:g}")
                yield Comparison("lin:deep", where + " conserved", CONSERVED(q=q, a=a, N=layers), "=", first[row], rounding=1e-6)
                yield Comparison("lin:deep", where + " near", SMALL(e=q, a=a, N=layers), "<=", size[row], rounding=1e-6)


RULES: dict[str, Rule] = {
    "lin:limit": Rule(_limit),
    "lin:deep": Rule(_deep),
    "lin:risk": Rule(_risk, _looseness),
    "lin:margin": Rule(_margin),
    "lin:polynomial": Rule(_polynomial),
    "lin:monotone": Rule(_monotone),
    "lin:bias": Rule(_bias),
    "lin:monotone-risk": Rule(_monotone_risk, _rises, expected="challenged"),
}
