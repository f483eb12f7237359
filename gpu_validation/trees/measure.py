"""Measurements on one hidden tree and one network: extraction against the published run, theory and baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier
from torch import Tensor, nn

from gpu_validation.trees.agreement import compare
from gpu_validation.trees.exact import possible_clauses, uniform_agreement
from gpu_validation.trees.extraction import Extraction, extract_tree
from gpu_validation.trees.published import published
from gpu_validation.trees.search import Rule, TopK
from gpu_validation.trees.tree import DecisionTree

Bits = NDArray[np.bool_]


def draw_bits(generator: np.random.Generator, count: int, bits: int, *, probability: float = 0.5) -> Bits:
    """(count, bits) independent bits, each 1 with the given probability."""
    return generator.random((count, bits)) < probability


def as_signs(bits: Bits, device: torch.device | str = "cpu") -> Tensor:
    """The network's inputs: -1 and +1."""
    return torch.as_tensor(bits, device=device).float() * 2 - 1


def describe_extraction(extraction: Extraction, hidden: DecisionTree, fresh: Bits) -> dict[str, Any]:
    """Counts, agreements with intervals, and the exact agreement with the hidden tree on the uniform cube."""
    correct = compare(extraction.tree.signs(fresh), hidden.signs(fresh))
    uniform = uniform_agreement(extraction.tree, hidden)
    return {
        "probes": extraction.probes,
        "fraction_of_clauses": extraction.probes / possible_clauses(hidden.bits, len(extraction.levels) - 1),
        "kept": [len(level.kept) for level in extraction.levels],
        "leaves": extraction.tree.get_n_leaves(),
        "correct": {"matches": correct.matches, "inputs": correct.inputs, "interval": correct.interval()},
        "correct_uniform": str(uniform),
        "held_out": {"matches": extraction.held_out.matches, "inputs": extraction.held_out.inputs, "interval": extraction.held_out.interval()},
    }


def extraction_row(
    network: nn.Module, inputs: Bits, hidden: DecisionTree, fresh: Bits, *, rule: Rule, **options: Any
) -> tuple[dict[str, Any], Extraction]:
    """One line of the table, our figures and the published line where there is one; and the extraction that it tells of."""
    started = perf_counter()
    extraction = extract_tree(network, as_signs(inputs), rule=rule, **options)
    row = describe_extraction(extraction, hidden, fresh)
    row["seconds"] = perf_counter() - started
    if isinstance(rule, TopK):
        beside = published(options["depth"], rule.k)
        row |= {"k": rule.k, "published": None if beside is None else {"correct": beside.fraction_correct, "probes": beside.probes}}
    else:
        row |= {"tau": rule.tau, "slack": rule.slack, "set_counts": set_counts(extraction)}
    return row, extraction


def set_counts(extraction: Extraction) -> list[dict[str, int]]:
    """For each size: the variable sets that passed."""
    counts = []
    for size, level in enumerate(extraction.levels[1:], start=1):
        sets = {tuple(clause // 2) for clause in level.clauses[level.kept]}
        counts.append({"size": size, "passed": len(sets)})
    return counts


def representation(extraction: Extraction, hidden: DecisionTree) -> list[dict[str, Any]]:
    """How linearly the hidden tree's own clauses are held, beside all probed ones, for each size."""
    rows = []
    wanted = set(hidden.clauses())
    for size, level in enumerate(extraction.levels[1:], start=1):
        inside = np.array([tuple(clause.tolist()) in wanted for clause in level.clauses], dtype=bool)
        share, errors = level.probes.unexplained, np.sqrt(level.probes.errors)
        rows.append({
            "size": size,
            "hidden_unexplained": sorted(share[inside].tolist()),
            "hidden_norms": sorted(level.probes.norms[inside].tolist()),
            "hidden_root_mean_square": sorted(errors[inside].tolist()),
            "all_unexplained_quantiles": np.quantile(share, [0.0, 0.01, 0.1, 0.5, 0.9]).tolist(),
        })
    return rows


def baselines(depth: int, seed: int) -> Mapping[str, Callable[[], Any]]:
    """The learners from labelled examples: greedy trees of the same depth and without limit, and boosted trees."""
    return {
        "cart": lambda: DecisionTreeClassifier(max_depth=depth, random_state=seed),
        "cart_unlimited": lambda: DecisionTreeClassifier(random_state=seed),
        "boosted": lambda: HistGradientBoostingClassifier(random_state=seed),
    }


def compare_learners(
    network: nn.Module, hidden: DecisionTree, inputs: Bits, fresh: Bits, *, counts: Sequence[int], depth: int, k: int, seed: int
) -> list[dict[str, Any]]:
    """`tree:cheaper`: the same examples, labelled by the network, to the extraction and to the baselines."""
    with torch.no_grad():
        labels = np.where(network(as_signs(inputs, next(network.parameters()).device)).cpu().numpy() > 0, 1, -1)
    truth, rows = hidden.signs(fresh), []

    def note(learner: str, count: int, started: float, answers: NDArray[np.int64]) -> None:
        rows.append({"learner": learner, "examples": count, "correct": float(np.mean(answers == truth)), "seconds": perf_counter() - started})

    for count in counts:
        started = perf_counter()
        extraction = extract_tree(
            network, as_signs(inputs[:count]), labels[:count], depth=depth, rule=TopK(k), fit=min(1000, count // 2), held_out=0.1,
            device=next(network.parameters()).device,
        )
        note("distilled", count, started, extraction.tree.signs(fresh))
        for name, make in baselines(depth, seed).items():
            started = perf_counter()
            model = make().fit(inputs[:count], labels[:count])
            note(name, count, started, model.predict(fresh))
    return rows
