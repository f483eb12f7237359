"""The torch gradient of a leaf rule, by its symbolic derivative (for generators: the implicit function theorem).

The gradient is that of the normalised map; on the simplex any other extension differs by a constant along the
axis.  Where the derivative is infinite (power at T > 1, an entry that is exactly 0) the gradient is 0: such an
entry stays out of the support.  Finite derivatives beyond the dtype saturate at its largest number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, final

from theorems.arrays.library import Library
from theorems.arrays.rule import NEAR_ZERO, Point, Rule, Sensitivity
from theorems.arrays.weights import log_softmax


@final
@dataclass(frozen=True)
class Kind:
    """What the rows are: logits or probabilities; `same` says that F_T is the identity on them."""

    logits: bool
    same: bool


def differentiable(library: Library, rule: Rule, rows: Any, temperature: Any, forward: Callable[[Any], Any], kind: Kind) -> Any:
    """`forward(rows)` with the gradient of `rule`, where torch asks for one."""
    xp = library.xp
    wanted = library.name == "torch" and xp.is_grad_enabled() and (rows.requires_grad or temperature.tensor is not None)
    if not wanted:
        with library.quiet():
            return forward(rows.detach() if library.name == "torch" else rows)
    tensor = temperature.tensor if temperature.tensor is not None else xp.tensor(temperature.value, dtype=xp.float64)
    return _function(xp).apply(rows, tensor, (library, rule, temperature.value, forward, kind))


@lru_cache(maxsize=1)
def _function(torch: Any) -> Any:
    """The autograd function, made on first use: this package does not import torch."""

    def run(context: Any, rows: Any, tensor: Any, how: Any) -> Any:
        result = how[3](rows)
        context.how = how
        context.save_for_backward(rows, result)
        context.like = tensor
        return result

    def pull(context: Any, upstream: Any) -> tuple[Any, Any, None]:
        library, rule, temperature, _, kind = context.how
        rows, result = context.saved_tensors
        gradient = torch.empty_like(rows)
        by_temperature = torch.zeros((), dtype=torch.float64, device=rows.device)
        working = torch.float64 if rows.dtype == torch.float64 or rule.doubled else torch.float32
        for block in library.blocks(rows, rule.temporaries):
            block_rows, block_result, block_upstream = (array[block].to(working) for array in (rows, result, upstream))
            entries, along = _pull_block(library, rule, block_rows, block_result, block_upstream, temperature, kind)
            gradient[block] = _saturated(torch, entries, rows.dtype)
            by_temperature += along
        return gradient, by_temperature.to(context.like), None

    members = {"forward": staticmethod(run), "backward": staticmethod(torch.autograd.function.once_differentiable(pull))}
    return type("Softening", (torch.autograd.Function,), members)


def _pull_block(library: Library, rule: Rule, rows: Any, q: Any, upstream: Any, temperature: float, kind: Kind) -> tuple[Any, Any]:
    xp = library.xp
    if kind.logits:
        log = log_softmax(library, rows, xp.amax(rows, axis=-1, keepdims=True))
        point = Point(xp.exp(log), log)
    else:
        point = Point(rows, xp.log(rows))
    found = rule.sensitivity(library, point, q, temperature)
    centred = upstream - _mean(xp, found, upstream)
    live = found.mass * centred
    along = xp.sum(xp.where(live != 0.0, live * found.by_temperature, 0.0), dtype=xp.float64)
    by_log = xp.where(point.p > 0.0, found.by_log * centred, 0.0)
    if kind.logits:
        by_log = xp.nan_to_num(by_log)
        return by_log - point.p * xp.sum(by_log, axis=-1, keepdims=True), along
    entries = by_log / xp.where(point.p > 0.0, point.p, 1.0)
    zero = point.p == 0.0
    if bool(zero.any()):
        slope = 1.0 if kind.same else _slope_at_zero(library, rule, point, q, temperature).to(entries.dtype)
        entries = xp.where(zero, slope * centred, entries)
    return entries, along


def _mean(xp: Any, found: Sensitivity, upstream: Any) -> Any:
    mass = xp.sum(found.mass, axis=-1, keepdims=True)
    mean = xp.sum(found.mass * upstream, axis=-1, keepdims=True) / mass
    return xp.where(mass > 0.0, mean, 0.0)


def _slope_at_zero(library: Library, rule: Rule, point: Point, q: Any, temperature: float) -> Any:
    """The derivative at an entry p = 0, one per row, from two tiny p; 0 where it grows without bound."""
    xp = library.xp
    place = xp.argmax(point.p, -1, keepdim=True)
    top = xp.take_along_dim(point.p, place, -1).to(xp.float64)
    image = xp.take_along_dim(q, place, -1).to(xp.float64)
    near, nearer = (rule.near_zero(library, Point(top, xp.log(top)), image, q.shape[-1], temperature, p) for p in NEAR_ZERO)
    near, nearer = (xp.as_tensor(slope, dtype=xp.float64, device=q.device) for slope in (near, nearer))
    return xp.where(xp.isfinite(nearer) & (abs(nearer) <= 1.1 * abs(near)), nearer, 0.0)


def _saturated(torch: Any, entries: Any, dtype: Any) -> Any:
    largest = float(torch.finfo(dtype).max)
    return torch.nan_to_num(entries, nan=0.0).clamp(-largest, largest).to(dtype)
