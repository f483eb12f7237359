"""A decision tree out of a network: probe clauses level by level, then take the best tree over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gpu_validation.trees.activations import collect
from gpu_validation.trees.agreement import Agreement, compare
from gpu_validation.trees.clauses import Literals, as_array, as_bits
from gpu_validation.trees.probing import Design
from gpu_validation.trees.programme import best_tree
from gpu_validation.trees.search import Level, Rule, Threshold, TopK, search_clauses
from gpu_validation.trees.tree import DecisionTree, Leaf
from theorems.errors import OutOfDomain

PUBLISHED_RULE = TopK(200)
DEEPEST = 10  # 2^10 leaves are what the programme works out in seconds


@final
@dataclass(frozen=True)
class Extraction:
    """The tree of at most `depth` questions, and everything measured on the way to it.

    `held_out` counts inputs seen neither by a probe's fit nor by the programme, against the labels that were
    distilled; `values[s - 1] / inputs` is the best agreement of s leaves on the programme's own inputs.
    """

    tree: DecisionTree
    levels: tuple[Level, ...]
    held_out: Agreement
    values: NDArray[np.float64]
    inputs: int
    splits: int
    depth: int

    @property
    def probes(self) -> int:
        """How many linear probes were fitted."""
        return sum(len(level.clauses) for level in self.levels)

    @property
    def complete(self) -> bool:
        """Did the search reach every clause of its depth, so that no better tree of that depth and of as many leaves exists on these inputs?"""
        return len(self.levels) > min(self.depth, self.tree.bits) and all(len(level.kept) == len(level.clauses) for level in self.levels[:-1])

    def summary(self) -> str:
        """What was found and how far it was seen to hold, in one line; it claims no more than that."""
        shape = f"{self.tree.get_n_leaves()} leaves, depth {self.tree.get_depth()}, {self.probes} probes"
        return f"{shape}: {self.held_out}"


def signs_of(labels: object) -> tuple[NDArray[np.int64], tuple[object, object]]:
    """(-1/+1 labels, the two classes in ascending order); `OutOfDomain` for more classes."""
    values = as_array(labels)
    if values.dtype.kind == "O" and all(isinstance(value, str) for value in values.flat):
        values = values.astype(str)
    if values.dtype.kind not in "biufUS" or (values.dtype.kind == "f" and not np.isfinite(values).all()):
        raise OutOfDomain("labels must be numbers or words of two classes, and none may be missing")
    classes = np.unique(values)
    if values.ndim != 1 or not 1 <= len(classes) <= 2:
        raise OutOfDomain(f"labels must be a list of two classes, not {len(classes)} of shape {values.shape}")
    if len(classes) == 1:
        only = classes[0].item()
        pair = (-1, 1) if only in (-1, 1) else (0, 1) if only in (0, 1) else (only, only)
        return np.where(values == pair[1], 1, -1), pair
    return np.where(values == classes[1], 1, -1), (classes[0].item(), classes[1].item())


def extract_tree(
    source: nn.Module | Tensor | NDArray[np.floating],
    inputs: object,
    labels: object = None,
    *,
    depth: int,
    leaves: int | None = None,
    rule: Rule = PUBLISHED_RULE,
    bits: object = None,
    layers: Sequence[str] | None = None,
    names: Sequence[str] = (),
    fit: int = 1000,
    held_out: float = 0.25,
    ridge: float = 1e-4,
    device: torch.device | str | None = None,
    chunk: int = 2048,
) -> Extraction:
    """Distil `source` into a tree of at most `depth` questions and `leaves` leaves (2^depth where left out).

    source: a network whose layers (`layers`, else all) are hooked, or the (m, width) matrix of its activations.
    inputs: m unlabelled inputs, in random order.  labels: two classes, or left out to distil the network's own
    answers (the sign of one logit, or the larger of two numbers).  bits: (m, d) Boolean features the tree may ask for;
    left out, `inputs` must be two-valued and are their own bits.  The first `fit` inputs fit the probes, the rest but
    the last share `held_out` validate them and feed the programme (with the first), the last share measures.  device:
    where to work, and where the network is moved; left out, where it or the matrix is.
    """
    _check(depth, leaves, rule, fit, held_out, chunk)
    stimuli = inputs if isinstance(inputs, Tensor) else _as_tensor(inputs)
    features = as_bits(stimuli if bits is None else bits)
    DecisionTree(Leaf(1), features.shape[1], names=tuple(names))  # names that do not fit are refused before the search
    activations, answers = _activations(source, stimuli, layers, device)
    signs, classes = signs_of(_decisions(answers) if labels is None else labels)
    count, kept_back = len(features), round(len(features) * held_out)
    if not len(signs) == len(activations) == count:
        raise OutOfDomain(f"{count} inputs, {len(activations)} activations and {len(signs)} labels; give one each")
    middle = count - kept_back
    if kept_back < 1 or fit >= middle:
        raise OutOfDomain(f"{count} inputs do not leave {fit} for fitting, some for validation and {kept_back} held out; give more, or fit on fewer")
    design = Design(activations[:fit], activations[fit:middle])
    fitting, validating = Literals(features[:fit], device=activations.device), Literals(features[fit:middle], device=activations.device)
    levels = search_clauses(design, fitting, validating, rule=rule, depth=depth, ridge=ridge, chunk=chunk)
    everything = Literals(features[:middle], device=activations.device)
    size = 2**depth if leaves is None else leaves
    optimum = best_tree([level.clauses for level in levels], everything, signs[:middle].astype(np.float64), leaves=size)
    tree = replace(optimum.tree, classes=classes, names=tuple(names))
    measured = compare(tree.signs(features[middle:]), signs[middle:])
    return Extraction(tree, levels, measured, optimum.values, optimum.inputs, optimum.splits, depth)


def _check(depth: Any, leaves: Any, rule: Any, fit: Any, held_out: Any, chunk: Any) -> None:
    whole = (int, np.integer)
    if not isinstance(depth, whole) or depth < 0 or (leaves is None and depth > DEEPEST):
        raise OutOfDomain(f"depth {depth}: take a whole number, and above {DEEPEST} say how many `leaves` the tree may have")
    for name, value, least in (("leaves", 1 if leaves is None else leaves, 1), ("fit", fit, 2), ("chunk", chunk, 1)):
        if not isinstance(value, whole) or value < least:
            raise OutOfDomain(f"{name} = {value!r}: take a whole number, at least {least}")
    if not isinstance(held_out, (int, float, np.number)) or not 0 < held_out < 1:
        raise OutOfDomain(f"held_out = {held_out!r}: hold back a share of the inputs, above 0 and below 1")
    if not isinstance(rule, (TopK, Threshold)):
        raise OutOfDomain(f"{rule!r} is no selection rule; take TopK(k) or Threshold(tau)")


def _as_tensor(inputs: object) -> Tensor:
    try:
        return torch.as_tensor(np.asarray(inputs))
    except (TypeError, ValueError) as fault:
        raise OutOfDomain(f"inputs must be one array of numbers: {' '.join(str(fault).split())[:120]}") from fault


def _activations(
    source: nn.Module | Tensor | NDArray[np.floating], stimuli: Tensor, layers: Sequence[str] | None, device: torch.device | str | None
) -> tuple[Tensor, Tensor | None]:
    if isinstance(source, nn.Module):
        wanted, home = next(((parameter.dtype, parameter.device) for parameter in source.parameters()), (torch.float32, torch.device("cpu")))
        tokens = not stimuli.is_floating_point() and any(isinstance(part, (nn.Embedding, nn.EmbeddingBag)) for part in source.modules())
        network = source if device is None else source.to(device)
        return collect(network, stimuli if tokens else stimuli.to(wanted), layers=layers, device=device or home)
    if not isinstance(source, (Tensor, np.ndarray)):
        raise OutOfDomain(f"a {type(source).__name__} holds no tree; give a network or the matrix of its activations")
    matrix = torch.as_tensor(source, device=device)
    if matrix.ndim != 2 or not matrix.is_floating_point():
        raise OutOfDomain(f"activations must be a matrix of floats, one row an input, not {matrix.dtype} of shape {tuple(matrix.shape)}")
    return matrix, None


def _decisions(answers: Tensor | None) -> NDArray[np.int64]:
    if answers is None:
        raise OutOfDomain("a matrix of activations does not say what the network answered; give `labels`")
    flat = answers.reshape(len(answers), -1)
    if flat.shape[1] > 2:
        raise OutOfDomain(f"the network answers {flat.shape[1]} numbers; give `labels` of two classes")
    margin = flat[:, 0] if flat.shape[1] == 1 else flat[:, 1] - flat[:, 0]
    inside, low = ((margin >= 0) & (margin <= 1)).all(), (margin > 0) & (margin < 0.5)
    if flat.shape[1] == 1 and inside and low.any() and (margin > 0.5).any():
        raise OutOfDomain("the network answers numbers on both sides of 1/2, as probabilities are; let it answer logits, or give `labels`")
    return np.where((margin > 0).cpu().numpy(), 1, -1)
