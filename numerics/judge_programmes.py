"""What the judge compares for decision trees and dynamic programmes; bounds are read off the claims themselves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from numerics.evaluate import Point, truth
from numerics.judge import Comparison
from numerics.judge_rules import Rule, _place, _results, claimed
from numerics.tree_table import cells, span
from theorems.chapters import find
from theorems.evidence import Record


def _case(record: Record) -> str:
    return str(record.config["shard"]["cell"]["case"])


def _depth(record: Record) -> int:
    return int(record.config["shard"]["cell"]["depth"])


def _speaks_of(label: str, **values: Any) -> bool:
    """Whether the claim's hypotheses hold of a network or tree with these numbers."""
    return all(truth(hypothesis, Point(values)) for _, hypothesis in find(label).claim.hypotheses)


def _extraction(label: str) -> Callable[[Record], Iterator[Comparison]]:
    def compare(record: Record) -> Iterator[Comparison]:
        results = _results(record)
        for row in results["top_k"] if _case(record) == "plain" else ():
            if _speaks_of(label, accuracy=Fraction(results["network"]["accuracy"]), k=row["k"], depth=_depth(record)):
                yield Comparison(label, _place(record, f"k {row['k']}"), float(Fraction(row["correct_uniform"])), "=", 1.0)

    return compare


def _table(records: Sequence[Record]) -> str:
    """Our table beside the published one, then the cases where recovery is not claimed."""
    parts = []
    for cell in cells(records):
        text = f"{cell.profile}, depth {cell.depth}, k {cell.k}: correct {span(cell.correct, '.3g')} on {len(cell.correct)} of {cell.trees} trees"
        beside = "(published {}, {})".format(*cell.published) if cell.published else ""
        parts.append(f"{text}, {span(cell.probes)} probes {beside}".rstrip())
    for record in records:
        if _case(record) != "plain":
            results = _results(record)
            rows = ", ".join(f"k {row['k']} {row['correct_uniform']}" for row in results["top_k"])
            parts.append(f"{_case(record)}, network {results['network']['accuracy']:.4g}: agreement {rows}")
    return "; ".join(parts)


def _examples(record: Record) -> dict[str, float]:
    """Examples from which on each learner answers every fresh input rightly; infinite where it never does."""
    rows: dict[str, list[tuple[int, float]]] = {}
    for row in _results(record)["learners"]:
        rows.setdefault(row["learner"], []).append((row["examples"], row["correct"]))
    needed = {}
    for learner, found in rows.items():
        needed[learner] = math.inf
        for examples, correct in sorted(found, reverse=True):
            if correct < 1:
                break
            needed[learner] = float(examples)
    return needed


def _cheaper(label: str) -> Callable[[Record], Iterator[Comparison]]:
    """Nothing is compared where neither gets there: infinitely many are as many as infinitely many whatever is claimed."""
    def compare(record: Record) -> Iterator[Comparison]:
        if _case(record) == "plain" and _speaks_of(label, depth=_depth(record)):
            needed = _examples(record)
            for learner, examples in needed.items():
                if learner != "distilled" and math.isfinite(min(examples, needed["distilled"])):
                    yield Comparison(label, _place(record, learner), needed["distilled"], "<=", examples)

    return compare


def _learners(records: Sequence[Record]) -> str:
    parts = []
    for record in records:
        if _case(record) == "plain":
            needed = ", ".join(f"{name} {examples:g}" for name, examples in _examples(record).items())
            seconds = _seconds(record)
            last = ", ".join(f"{name} {seconds[name]:.2g} s" for name in seconds)
            where = f"{record.config['profile']} {record.config['shard']['name']}"
            parts.append(f"{where}: examples {needed}" + (f"; the largest sample took {last}" if last else ""))
    return "; ".join(parts)


def _seconds(record: Record) -> dict[str, float]:
    """Seconds of each learner on its largest sample."""
    parts = record.measurements["timing"].get("parts", {})
    rows = enumerate(_results(record)["learners"])
    return {row["learner"]: parts[place] for place, row in ((f"learners/{index}/seconds", row) for index, row in rows) if place in parts}


def _clause_count(record: Record) -> Iterator[Comparison]:
    found = _results(record).get("threshold")
    for row in found["set_counts"] if found else ():
        error = found["slack"] * 2.0 ** -row["size"]
        bound = claimed("tree:clause-count", "sets", n=row["size"], eta=error, tau=found["tau"], B=1)
        yield Comparison("tree:clause-count", _place(record, f"size {row['size']}"), row["passed"], "<=", bound)


def _represented(records: Sequence[Record]) -> str:
    """How often real networks miss what the theory asks of the hidden clauses, and what top-k recovers all the same."""
    missed = total = trees = recovered = 0
    for record in records:
        results = _results(record)
        rows = results.get("representation", ())
        worse = sum(error >= 2.0 ** -row["size"] for row in rows for error in row["hidden_root_mean_square"])
        missed, total = missed + worse, total + sum(len(row["hidden_root_mean_square"]) for row in rows)
        trees += worse > 0
        recovered += worse > 0 and max(results["top_k"], key=lambda row: row["k"])["correct_uniform"] == "1"
    return (f"{missed} of {total} hidden clauses have a root-mean-square error of 2^(-size) or more: there the network breaks the hypothesis and the "
            f"threshold rule misses them; the largest k recovers {recovered} of the {trees} trees that hold such clauses")


def _search_cost(record: Record) -> Iterator[Comparison]:
    found = _results(record).get("threshold")
    if found:
        bits = record.config["experiment"]["bits"]
        bound = claimed("tree:search-cost", "candidates", d=bits, r=len(found["set_counts"]), s=found["slack"], tau=found["tau"], B=1)
        yield Comparison("tree:search-cost", _place(record), found["probes"], "<=", bound)


def _task(record: Record) -> str:
    return str(record.config["shard"]["cell"]["task"])


def _unrolling(record: Record) -> Iterator[Comparison]:
    """Least trees of the unrolled run against s^u, u = n (n - 1) updates of s = 3 leaves each (reachability)."""
    for row in _results(record).get("exact_unrolled", ()):
        if row["least_leaves"] is not None:
            bound = claimed("dp:unrolling", "node_leaves", n=row["nodes"] * (row["nodes"] - 1), s=3)
            yield Comparison("dp:unrolling", _place(record, f"n {row['nodes']}"), row["least_leaves"], "<=", bound)


def _blow_up(records: Sequence[Record]) -> str:
    parts = []
    for record in records:
        if _task(record) == "routes":
            results = _results(record)
            least = ", ".join(f"{row['least_leaves']} at n = {row['nodes']}" for row in results["exact_unrolled"])
            parts.append(f"least leaves {least}")
            for name in ("global", "local"):
                timed = record.measurements["timing"].get("parts", {})
                rows = []
                for place, row in enumerate(results[name]):
                    took = timed.get(f"{name}/{place}/seconds")
                    rows.append(f"{row['probes']} at n = {row['nodes']}" + (f" in {took:.2g} s" if took else ""))
                parts.append(f"{name} route: probes " + ", ".join(rows))
    return "; ".join(parts)


def _run_errors(record: Record) -> Iterator[Comparison]:
    results = _results(record)
    for kind, rows in results.get("run_errors", {}).items():
        for row in rows:
            bound = claimed("dp:local", "error", R=row["rounds"], n=row["nodes"], epsilon=row["node_error"])
            yield Comparison("dp:local", _place(record, kind, f"R {row['rounds']}"), row["run_error"], "<=", bound)
    routes = results.get("local", ())
    for row in routes:
        yield Comparison("dp:local", _place(record, f"probes, n {row['nodes']}"), row["probes"], "=", routes[0]["probes"])


def _share(counted: Any) -> float:
    return float(counted["matches"] / counted["inputs"])


def _count(counted: Any) -> str:
    """A share in whole numbers, so that one miss in many is not rounded away."""
    return f"{counted['matches']} of {counted['inputs']}"


def _generalises(record: Record) -> Iterator[Comparison]:
    """Where the recovered update never erred on sampled node-rounds, every later answer has to be right."""
    results = _results(record)
    if _task(record) != "routes" and all(row["node_error"] == 0 for row in results["run_errors"]["recovered"]):
        for row in results["distilled"]:
            yield Comparison("dp:generalises", _place(record, f"n {row['nodes']}, R {row['rounds']}"), _share(row["node"]), "=", 1.0)
        oracle = results["oracle"]
        yield Comparison("dp:generalises", _place(record, f"NetworkX, n {oracle['nodes']}"), _share(oracle["right"]), "=", 1.0)


def _far(records: Sequence[Record]) -> str:
    parts = []
    for record in records:
        if _task(record) != "routes":
            results = _results(record)
            wide, grid = results["source"][-1], results["lifted"]["grid"]
            far = f"{_count(results['oracle']['right'])} of one graph distilled"
            lifted = f"{_count(grid['right'])} of a grid lifted"
            parts.append(f"{_task(record)}: right at {_count(wide['node'])} nodes by the source at n = {wide['nodes']}, {far}, {lifted}")
    return "; ".join(parts)


def _small_graphs(record: Record) -> Iterator[tuple[Any, Any]]:
    results = _results(record)
    if _task(record) != "routes":
        for source, distilled in zip(results["source"], results["distilled"], strict=True):
            if (distilled["nodes"], distilled["rounds"]) == (6, 3):
                yield source, distilled


def _experiment(record: Record) -> Iterator[Comparison]:
    for _, row in _small_graphs(record):
        share, inputs = _share(row["node"]), row["node"]["inputs"]
        error = math.sqrt(share * (1 - share) / inputs)
        yield Comparison("dp:experiment", _place(record), float(find("dp:experiment").claim.conclusion.right), "<=", share, error=error)


def _beside(records: Sequence[Record]) -> str:
    parts = [f"{_task(record)}: right at {_count(source['node'])} nodes by the source, {_count(row['node'])} distilled, "
             f"{_results(record)['probes']} probes" for record in records for source, row in _small_graphs(record)]
    return "; ".join([*parts, f"published {float(find('dp:experiment').claim.conclusion.right):g} (LW, n = 6, depth 3; task and baseline not known)"])


RULES: dict[str, Rule] = {
    "tree:extraction": Rule(_extraction("tree:extraction"), _table),
    "tree:extraction/deeper": Rule(_extraction("tree:extraction/deeper"), _table, expected="challenged"),
    "tree:cheaper": Rule(_cheaper("tree:cheaper"), _learners),
    "tree:cheaper/deeper": Rule(_cheaper("tree:cheaper/deeper"), _learners, expected="challenged"),
    "tree:clause-count": Rule(_clause_count, _represented),
    "tree:search-cost": Rule(_search_cost),
    "dp:unrolling": Rule(_unrolling, _blow_up),
    "dp:local": Rule(_run_errors),
    "dp:generalises": Rule(_generalises, _far),
    "dp:experiment": Rule(_experiment, _beside),
}
