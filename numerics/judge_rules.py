"""What the judge compares, one rule a label: where the sides lie in a record, and the closed form beside them.

Closed forms are the claims' own (`Entry.quantities`); `OWN` names those that judge and figures ask for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, final

import numpy as np
import sympy as sp

from numerics.judge import Comparison
from theorems.chapters import find
from theorems.evidence import Record

#: Fewest expected draws, and fewest misses, for which a frequency is tested as normal.
LEAST_COUNT = 100

#: name -> the claim and its closed form
OWN: dict[str, tuple[str, str]] = {
    "bv:linear-dense": ("bv:linear-dense", "risk"),
    "bv:linear-sparse": ("bv:triple-point", "direct"),
    "bv:linear-distilled": ("bv:triple-point", "distilled"),
    "bv:softening-bias/kl": ("bv:softening-bias/kl", "bound"),
    "bv:softening-bias/tv": ("bv:softening-bias/tv", "bound"),
    "bv:softening-bias/mixing": ("bv:softening-bias/mixing", "factor"),
    "path:hoeffding": ("path:hoeffding", "bound"),
    "path:logit-length/sum": ("path:logit-length", "sum"),
    "path:logit-length/end": ("path:logit-length", "end"),
    "path:temperature": ("path:temperature", "bound"),
    "path:anchored": ("path:anchored", "falling"),
    "access:topk": ("access:topk", "divergence"),
    "access:topk-fill": ("access:topk-fill", "bound"),
    "access:topk-softened": ("access:topk-softened", "bound"),
    "access:black-box": ("access:black-box", "bound"),
    "access:privacy-mixing": ("access:privacy-mixing", "budget"),
    "access:privacy-power": ("access:privacy-power", "bound"),
    "access:text-rate": ("access:text-rate", "bound"),
}


def closed_form(label: str, name: str) -> sp.Expr:
    """The closed form `name` of the claim `label`."""
    (found,) = (quantity.term for quantity in find(label).quantities if quantity.name == name)
    return found


def expression_of(name: str) -> sp.Expr:
    """The closed form `name` of `OWN`."""
    return closed_form(*OWN[name])


@cache
def _function(expression: sp.Expr) -> tuple[Callable[..., Any], tuple[str, ...]]:
    symbols = sorted(expression.free_symbols, key=str)
    return sp.lambdify(symbols, expression, "math"), tuple(map(str, symbols))


def _at(expression: sp.Expr, values: dict[str, float]) -> float:
    function, symbols = _function(expression)
    return float(function(*(float(values[symbol]) for symbol in symbols)))


def formula(name: str, **values: float) -> float:
    """The closed form `name` at the given values, which may include some that it does not use."""
    return _at(expression_of(name), values)


def claimed(label: str, name: str, **values: float) -> float:
    """The closed form `name` of a claim at these values of its symbols."""
    return _at(closed_form(label, name), values)


@final
@dataclass(frozen=True)
class Rule:
    """`compare` lists a record's comparisons; `note` says more about all of them; `expected` is the theory's word."""

    compare: Callable[[Record], Iterator[Comparison]]
    note: Callable[[Sequence[Record]], str] = lambda records: ""
    expected: str = "supported"


def _numbers(value: Any) -> Any:
    """JSON data with the words for infinities and NaN read as floats."""
    if isinstance(value, dict):
        return {key: _numbers(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_numbers(entry) for entry in value]
    return float(value) if value in ("inf", "-inf", "nan") else value


def _results(record: Record) -> Any:
    return _numbers(record.measurements["results"])


def _place(record: Record, *parts: object) -> str:
    return " ".join([record.experiment, record.config["shard"]["name"], *map(str, parts)])


def _cells(record: Record) -> Iterator[tuple[str, Any]]:
    for cell in _results(record)["cells"]:
        yield _place(record, f"sparsity {cell['sparsity']}", f"T {cell['temperature']}"), cell


def _sums(label: str, parts: Sequence[str]) -> Callable[[Record], Iterator[Comparison]]:
    """expected = bias + variance for the named decompositions."""

    def compare(record: Record) -> Iterator[Comparison]:
        for where, cell in _cells(record):
            for part in parts:
                row = cell[part]
                yield Comparison(label, f"{where} {part}", row["expected"], "=", row["bias"] + row["variance"], scale=row["expected"])
                if part == "kl":
                    yield Comparison(label, f"{where} partition", row["variance"], "=", row["log_partition"], scale=row["expected"])

    return compare


def _noise(record: Record) -> Iterator[Comparison]:
    """With random labels the noise adds, less twice the covariance; labels drawn afresh have none with the outputs."""
    label, rows = "bv:squared", _results(record).get("label_noise", {})
    for name, row in rows.items():
        right = row["bias"] + row["variance"] + row["noise"] - 2 * row["covariance"]
        yield Comparison(label, _place(record, f"{name} labels"), row["expected"], "=", right, scale=row["expected"])
    if fresh := rows.get("fresh"):
        yield Comparison(label, _place(record, "fresh labels, covariance"), fresh["covariance"], "=", 0.0, error=fresh["covariance_error"])


def _squared(record: Record) -> Iterator[Comparison]:
    yield from _sums("bv:squared", ("target", "truth"))(record)
    yield from _noise(record)


def _criterion(record: Record) -> Iterator[Comparison]:
    teacher = _results(record)["teacher"]
    for where, cell in _cells(record):
        truth, target = cell["truth"], cell["target"]
        gap = teacher["expected"] - truth["expected"]
        corrected = (teacher["variance"] - truth["variance"]) - (truth["bias"] - teacher["bias"])
        yield Comparison("bv:criterion", f"{where} gap", gap, "=", corrected, scale=teacher["expected"])
        yield Comparison(
            "bv:criterion", f"{where} cross term", truth["bias"], "=", target["bias"] + cell["cross"] + cell["target_truth"], scale=truth["bias"]
        )


def _stated(record: Record) -> Iterator[Comparison]:
    """Cells whose hypothesis holds must have a positive risk gap."""
    teacher = _results(record)["teacher"]
    for where, cell in _cells(record):
        stated = (teacher["variance"] - cell["target"]["variance"]) - (cell["target"]["bias"] - teacher["bias"])
        if stated > 0:
            yield Comparison("bv:criterion-as-stated", where, teacher["expected"] - cell["truth"]["expected"], ">", 0.0)


def _softening(record: Record) -> Iterator[Comparison]:
    label = "bv:softening-bias"
    for row in _results(record)["softening"]:
        operator = row.get("operator", _results(record).get("operator"))
        for j, (kl, tv, log_range, uniform) in enumerate(zip(row["kl"], row["tv"], row["log_range"], row["tv_uniform"], strict=True)):
            where, t = _place(record, operator, f"T {row['temperature']}", f"law {j}"), row["temperature"]
            if operator == "power" and log_range < math.inf:  # the bounds are for positive laws
                ends = {"low": math.exp(-log_range / 2), "high": math.exp(log_range / 2)}
                yield Comparison(label, where + " KL", kl, "<=", formula("bv:softening-bias/kl", T=t, **ends))
                yield Comparison(label, where + " TV", tv, "<=", formula("bv:softening-bias/tv", T=t, **ends))
            elif operator == "mixing":
                yield Comparison(label, where + " l1", tv, "=", formula("bv:softening-bias/mixing", T=t) * uniform)


def _bayes(record: Record) -> Iterator[Comparison]:
    sides = _results(record).get("label_variance")
    if sides:
        hard, soft, inner = (np.asarray(sides[name]) for name in ("hard", "soft", "inner_variance"))

        def gap(rows: Any) -> Any:
            return hard[rows].var(axis=-1, ddof=1) - soft[rows].var(axis=-1, ddof=1) - inner[rows].mean(axis=-1) / sides["size"]

        draws = np.random.default_rng(0).integers(len(hard), size=(2000, len(hard)))
        left = hard.var(ddof=1) - soft.var(ddof=1)
        yield Comparison("bv:bayes-teacher", _place(record), left, "=", inner.mean() / sides["size"], error=float(gap(draws).std(ddof=1)))


def _error(moments: Any) -> float:
    return float(moments["deviation"] / moments["count"] ** 0.5)


def _linear(label: str, name: str) -> Callable[[Record], Iterator[Comparison]]:
    def compare(record: Record) -> Iterator[Comparison]:
        results = _results(record)
        for cell in results["cells"]:
            right = formula(label, r=cell["r"], **{key: results[key] for key in ("n", "d", "s", "s2")})
            yield Comparison(label, _place(record, f"ratio {cell['ratio']}"), cell[name]["mean"], "=", right, error=_error(cell[name]))

    return compare


def _triple(record: Record) -> Iterator[Comparison]:
    """Both differences vanish at ratio 1, are negative below and positive above."""
    for cell in _results(record)["cells"]:
        for name in ("distilled_minus_dense", "sparse_minus_distilled"):
            left, ratio = cell[name]["mean"], cell["ratio"]
            sign = -1 if ratio < 1 else 1
            relation, value = ("=", left) if ratio == 1 else ("<=", -sign * left)
            yield Comparison("bv:triple-point", _place(record, f"ratio {ratio}", name), value, relation, 0.0, error=_error(cell[name]))


def _ridge(record: Record) -> Iterator[Comparison]:
    """The risk is quadratic in xi: three real students give its least point and value; slope and speed come from teachers."""
    for j, row in enumerate(_results(record)["ridge"]):
        bend = (row["risk_2"] - 2 * row["risk_1"] + row["risk_0"]) / 2
        tilt = row["risk_1"] - row["risk_0"] - bend
        strength, slope, speed = row["ridge"], row["risk_slope"], row["speed_squared"]
        where = _place(record, f"draw {j}")
        yield Comparison("bv:ridge-mixing", where + " xi", -tilt / (2 * bend), "=", -slope / (2 * strength * speed), rounding=1e-4, scale=1.0)
        yield Comparison("bv:ridge-mixing", where + " gain", tilt**2 / (4 * bend), "=", slope**2 / (4 * speed), rounding=1e-4, scale=row["risk_0"])


def _runs(record: Record) -> Iterator[tuple[str, int, Any, float]]:
    results = _results(record)
    for path in results["paths"]:
        for run in path["runs"]:
            yield (
                _place(record, f"n {path['n']}", run["mode"], f"seed {run['seed']}", f"sparsity {path['sparsity']:.3g}"),
                path["n"],
                run,
                results["temperature"],
            )


def _hoeffding(record: Record) -> Iterator[Comparison]:
    for where, _, run, t in _runs(record):
        for j, (step, length) in enumerate(zip(run["steps"], run["squared_lengths"], strict=True)):
            yield Comparison("path:hoeffding", f"{where} stage {j + 1}", step, "<=", _one_move(length, t))
        yield Comparison("path:hoeffding", f"{where} direct", run["end_to_end"], "<=", _one_move(run["direct_squared_length"], t))


def _one_move(squared_length: float, t: float) -> float:
    """The bound on one divergence at temperature t: the logits over t move by a range of this square over t^2."""
    return formula("path:hoeffding", low=0, high=squared_length**0.5 / t)


def _length(run: Any) -> float:
    return float(np.sqrt(run["squared_lengths"]).sum())


def _logit_length(record: Record) -> Iterator[Comparison]:
    """rho is n times the sum of the squared lengths over the square of their sum; any rho will do where nothing moves."""
    for where, _, run, t in _runs(record):
        length, stages = _length(run), len(run["squared_lengths"])
        spread = stages * sum(run["squared_lengths"]) / length**2 if length else 1.0
        bound = formula("path:logit-length/sum", rho=spread, L=length, n=stages, T=t)
        yield Comparison("path:logit-length", f"{where} sum", sum(run["steps"]), "<=", bound)
        yield Comparison("path:logit-length", f"{where} end", run["end_to_end"], "<=", formula("path:logit-length/end", L=length, T=t))


def _grid(record: Record, mode: str, value: Callable[[Any], float]) -> tuple[np.ndarray, np.ndarray]:
    """(stages,) and (stages, seeds) of a run's number, for one mode."""
    paths = _results(record)["paths"]
    rows = [[value(run) for run in path["runs"] if run["mode"] == mode] for path in paths]
    return np.array([path["n"] for path in paths], dtype=float), np.array(rows)


def slope(stages: np.ndarray, values: np.ndarray) -> tuple[float, float, float]:
    """Least-squares slope of log value against log n, with a 95 % bootstrap interval over seeds."""
    x = np.log(stages) - np.log(stages).mean()
    each = (x[:, None] * np.log(values)).sum(0) / (x**2).sum()
    draws = np.random.default_rng(0).integers(len(each), size=(2000, len(each)))
    low, high = np.quantile(each[draws].mean(1), [0.025, 0.975])
    return float(each.mean()), float(low), float(high)


def _sweeps(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    for record in records:
        if record.experiment == "stages":
            yield from ((record, mode) for mode in ("previous", "original"))


def _growth(records: Sequence[Record]) -> str:
    parts = []
    for record, mode in _sweeps(records):
        centre, low, high = slope(*_grid(record, mode, _length))
        parts.append(f"{record.config['shard']['name']}/{mode}: L ~ n^{centre:.2f} [{low:.2f}, {high:.2f}]")
    return "; ".join(parts)


def _end_to_end(record: Record) -> Iterator[Comparison]:
    """O(1/n) asks for a log-log slope of at most -1."""
    for _, mode in _sweeps([record]):
        centre, low, high = slope(*_grid(record, mode, lambda run: run["end_to_end"]))
        yield Comparison("path:end-to-end", _place(record, mode, "slope"), centre, "<=", -1.0, error=max((high - low) / 3.92, 1e-12))


def _floor(record: Record) -> Iterator[Comparison]:
    """A floor shows as a stage sum that is larger at the most stages than at its least: a strict U."""
    for _, mode in _sweeps([record]):
        stages, totals = _grid(record, mode, lambda run: sum(run["steps"]))
        best = int(totals.mean(1).argmin())
        if best < len(stages) - 1:
            gap = totals[-1] - totals[best]
            yield Comparison(
                "path:floor",
                _place(record, mode, f"n {stages[-1]:g} against {stages[best]:g}"),
                gap.mean(),
                "differs",
                0.0,
                error=float(gap.std(ddof=1) / len(gap) ** 0.5),
            )


def _floor_note(records: Sequence[Record]) -> str:
    parts = []
    for record, mode in _sweeps(records):
        stages, totals = _grid(record, mode, lambda run: sum(run["steps"]))
        (a, b), *_ = np.linalg.lstsq(np.stack([1 / stages, stages], 1), totals.mean(1), rcond=None)
        best = stages[int(totals.mean(1).argmin())]
        parts.append(f"{record.config['shard']['name']}/{mode}: least at n = {best:g}, fit {a:.3g}/n + {b:.3g} n")
    return "; ".join(parts)


def _temperature(record: Record) -> Iterator[Comparison]:
    results = _results(record)
    first, last = results["beta"]
    for row in results["temperature_paths"]:
        for j, (total, log_range) in enumerate(zip(row["total"], results["log_range"], strict=True)):
            right = formula("path:temperature", beta_0=first, beta_1=last, R=log_range, n=row["n"])
            yield Comparison("path:temperature", _place(record, f"n {row['n']}", f"law {j}"), total, "<=", right)


def _anchored(record: Record) -> Iterator[Comparison]:
    rows = _results(record)["anchored"]
    for row in rows[1:]:
        for j, (start, value) in enumerate(zip(rows[0]["divergence"], row["divergence"], strict=True)):
            yield Comparison("path:anchored", _place(record, f"n {row['n']}", f"law {j}"), value, "<=", start * formula("path:anchored", n=row["n"]))


def _truncation(record: Record) -> Iterator[tuple[str, float, Any, Any]]:
    sides = _results(record)["sides"]
    for row in sides["truncation"]:
        for j in range(len(row["outside"])):
            yield _place(record, f"k {row['k']}", f"T {row['temperature']}", f"law {j}"), sides["classes"], row, j


def _topk(record: Record) -> Iterator[Comparison]:
    for where, _, row, j in _truncation(record):
        yield Comparison("access:topk", where + " TV", row["tv"][j], "=", row["outside"][j])
        yield Comparison("access:topk", where + " KL", row["kl_restricted_full"][j], "=", formula("access:topk", rho=row["outside"][j]), scale=1e-3)


def _fill(record: Record) -> Iterator[Comparison]:
    for where, classes, row, j in _truncation(record):
        yield Comparison(
            "access:topk-fill", where, row["kl_filled"][j], "<=", formula("access:topk-fill", rho=row["outside"][j], V=classes, k=row["k"])
        )


def _softened(record: Record) -> Iterator[Comparison]:
    label, last = "access:topk-softened", {}
    for where, classes, row, j in _truncation(record):
        value = row["softened_outside"][j]
        yield Comparison(label, where + " TV", row["tv_softened"][j], "=", value)
        yield Comparison(label, where + " bound", value, "<=", formula(label, rho=row["outside"][j], V=classes, k=row["k"], T=row["temperature"]))
        if (row["k"], j) in last:
            yield Comparison(label, where + " growth", last[row["k"], j], "<=", value)
        last[row["k"], j] = value


def _black_box(record: Record) -> Iterator[Comparison]:
    sides = _results(record)["sides"]
    for row in sides["rounding"]:
        for j, (error, value) in enumerate(zip(row["entry_error"], row["l1_softened"], strict=True)):
            right = formula("access:black-box", V=sides["classes"], epsilon=error, T=row["temperature"])
            yield Comparison("access:black-box", _place(record, f"step {row['step']}", f"T {row['temperature']}", f"law {j}"), value, "<=", right)


def _text_rate(record: Record) -> Iterator[Comparison]:
    sides = _results(record)["sides"]
    for row in sides["sampling"]:
        right = formula("access:text-rate", V=sides["classes"], m=row["tokens"])
        for j, (mean, deviation) in enumerate(zip(row["tv_mean"], row["tv_deviation"], strict=True)):
            error = deviation / row["draws"] ** 0.5
            yield Comparison("access:text-rate", _place(record, f"m {row['tokens']}", f"law {j}"), mean, "<=", right, error=error)


def _unbiased(record: Record) -> Iterator[Comparison]:
    """Classes drawn too rarely for a normal mean, or almost always, are left out."""
    for row in _results(record)["sides"]["sampling"]:
        for name, relation in (("mixing", "="), ("power", "differs")):
            gaps, deviations = np.asarray(row[name]["gap_mean"]), np.asarray(row[name]["gap_deviation"])
            for place in np.ndindex(*gaps.shape):
                error = deviations[place] / row["draws"] ** 0.5
                share, count = row["likely"][place[0]][place[1]], row["draws"] * row["tokens"]
                if count * min(share, 1 - share) >= LEAST_COUNT:
                    where = _place(record, name, f"m {row['tokens']}", f"law {place[0]} class {place[1]}")
                    yield Comparison("access:text-unbiased", where, float(gaps[place]), relation, 0.0, error=float(error))


def _restriction(record: Record) -> Iterator[Comparison]:
    """Power commutes with restriction to the top classes, mixing does not."""
    for row in _results(record)["sides"]["restriction"]:
        for j, (power, mixing) in enumerate(zip(row["power"], row["mixing"], strict=True)):
            where = _place(record, f"k {row['k']}", f"T {row['temperature']}", f"law {j}")
            yield Comparison("access:restriction", where + " power", power, "=", 0.0, scale=1.0)
            yield Comparison("access:restriction", where + " mixing", mixing, "differs", 0.0)


def _privacy(operator: str) -> Callable[[Record], Iterator[Comparison]]:
    """The largest log-ratio of a sampled token over neighbouring laws, against the closed form."""
    label = f"access:privacy-{operator}"

    def compare(record: Record) -> Iterator[Comparison]:
        sides = _results(record)["sides"]
        for row in sides["privacy"]:
            for j, (found, hilbert) in enumerate(zip(row[operator], row["hilbert"], strict=True)):
                right = formula(label, T=row["temperature"], V=sides["classes"], D=hilbert)
                yield Comparison(label, _place(record, f"T {row['temperature']}", f"law {j}"), found, "<=", right)

    return compare


def _families(label: str) -> Callable[[Record], Iterator[Comparison]]:
    def compare(record: Record) -> Iterator[Comparison]:
        for j, row in enumerate(_results(record)["families"]):
            where = _place(record, row["operator"], f"law {j}")
            yield Comparison(label, where + " matched", row["students_matched"], "<=", 0.0, rounding=1e-7, scale=1.0)
            yield Comparison(label, where + " equal T", row["students_equal_temperature"], "differs", 0.0)

    return compare


def _spread_of_seeds(records: Sequence[Record]) -> str:
    parts = []
    for record in records:
        for key in ("equal_temperature", "matched_entropy"):
            table = _results(record)[key]
            between, seeds = np.asarray(table["between_operators"]), float(np.mean(table["between_seeds"]))
            where = f"{record.config['shard']['name']}, {key.replace('_', ' ')}"
            parts.append(f"{where}: largest TV between operators {between.max():.3f}, between seeds {seeds:.3f}")
    return "; ".join(parts)


RULES: dict[str, Rule] = {
    "bv:squared": Rule(_squared),
    "bv:kl": Rule(_sums("bv:kl", ("kl",))),
    "bv:reverse-kl": Rule(_sums("bv:reverse-kl", ("reverse",))),
    "bv:bregman": Rule(_sums("bv:bregman", ("target", "kl", "reverse"))),
    "bv:operator-agnostic": Rule(_sums("bv:operator-agnostic", ("target", "kl", "reverse"))),
    "bv:criterion": Rule(_criterion),
    "bv:criterion-as-stated": Rule(_stated, expected="challenged"),
    "bv:softening-bias": Rule(_softening),
    "bv:bayes-teacher": Rule(_bayes),
    "bv:linear-dense": Rule(_linear("bv:linear-dense", "dense")),
    "bv:linear-sparse": Rule(_linear("bv:linear-sparse", "sparse")),
    "bv:linear-distilled": Rule(_linear("bv:linear-distilled", "distilled")),
    "bv:triple-point": Rule(_triple),
    "bv:ridge-mixing": Rule(_ridge),
    "path:hoeffding": Rule(_hoeffding),
    "path:logit-length": Rule(_logit_length, _growth),
    "path:end-to-end": Rule(_end_to_end, expected="challenged"),
    "path:floor": Rule(_floor, _floor_note),
    "path:temperature": Rule(_temperature),
    "path:anchored": Rule(_anchored),
    "access:topk": Rule(_topk),
    "access:topk-fill": Rule(_fill),
    "access:topk-softened": Rule(_softened),
    "access:black-box": Rule(_black_box),
    "access:restriction": Rule(_restriction),
    "access:privacy-mixing": Rule(_privacy("mixing")),
    "access:privacy-power": Rule(_privacy("power")),
    "access:text-rate": Rule(_text_rate),
    "access:text-unbiased": Rule(_unbiased),
    "eq:matched-temperature": Rule(_families("eq:matched-temperature"), _spread_of_seeds),
    "eq:moments": Rule(_families("eq:moments")),
}
