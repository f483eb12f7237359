"""Gradient flow as an initial value problem: Dormand and Prince's pair of orders 5 and 4 with steps by the error, for a whole batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

State = tuple[torch.Tensor, ...]
_A = ((1 / 5,), (3 / 40, 9 / 40), (44 / 45, -56 / 15, 32 / 9), (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
      (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656), (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84))
_ERROR = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)


def _moved(state: State, slopes: Sequence[State], weights: Sequence[float], step: float) -> State:
    return tuple(y + step * sum(w * k[p] for w, k in zip(weights, slopes, strict=True) if w) for p, y in enumerate(state))


def integrate(field: Callable[[State], State], state: State, times: Sequence[float], *, tolerance: float = 1e-10) -> list[State]:
    """States at the given increasing times of dy/dt = field(y), y(0) = state; every step's local error is below the tolerance."""
    now, step, found, first = 0.0, 1e-3, [], field(state)
    for goal in times:
        while now < goal:
            step = min(step, goal - now)
            slopes = [first]
            for row in _A:
                moved = _moved(state, slopes, row, step)
                slopes.append(field(moved))
            error = max(float((step * sum(w * k[p] for w, k in zip(_ERROR, slopes, strict=True) if w)).abs().max() / (1 + y.abs().max()))
                        for p, y in enumerate(state))
            if error <= tolerance:
                now, state, first = now + step, moved, slopes[-1]
            step *= min(5.0, max(0.2, 0.9 * (tolerance / max(error, 1e-300)) ** 0.2))
        found.append(state)
    return found


def residual_pull(data: torch.Tensor, teacher: torch.Tensor, student: torch.Tensor) -> torch.Tensor:
    """Gradient of the mean cross-entropy in the student: (R, n, d), (R, d), (R, d) -> (R, d)."""
    answer = lambda w: torch.sigmoid(torch.einsum("rnd,rd->rn", data, w))  # noqa: E731
    return torch.einsum("rnd,rn->rd", data, answer(student) - answer(teacher)) / data.shape[1]


def product(layers: State) -> torch.Tensor:
    """The linear map of a deep student: layers (R, h, d), (R, h, h), ..., (R, 1, h) -> (R, d)."""
    whole = layers[-1]
    for layer in reversed(layers[:-1]):
        whole = whole @ layer
    return whole[:, 0]


def deep_field(data: torch.Tensor, teacher: torch.Tensor) -> Callable[[State], State]:
    """Every layer follows its own gradient."""
    def field(layers: State) -> State:
        pull = residual_pull(data, teacher, product(layers))[:, None, :]
        below, above = [None], [None]
        for layer in layers[:-1]:
            below.append(layer if below[-1] is None else layer @ below[-1])
        for layer in reversed(layers[1:]):
            above.append(layer if above[-1] is None else above[-1] @ layer)
        slopes = []
        for k in range(len(layers)):
            left, right = above[len(layers) - 1 - k], below[k]
            slope = pull if right is None else pull @ right.transpose(1, 2)
            slopes.append(-slope if left is None else -left.transpose(1, 2) @ slope)
        return tuple(slopes)

    return field


def balanced(start: torch.Tensor, depth: int, width: int, units: torch.Tensor) -> State:
    """Balanced layers whose product is `start` (R, d): rank one, each of norm |start|^(1/depth); units (R, depth - 1, width)."""
    size = start.norm(dim=1)
    share = (size ** (1 / depth))[:, None, None]
    ends = units / units.norm(dim=-1, keepdim=True)
    layers = [share * ends[:, 0, :, None] * (start / size[:, None])[:, None, :]]
    for k in range(1, depth - 1):
        layers.append(share * ends[:, k, :, None] * ends[:, k - 1, None, :])
    layers.append(share * ends[:, -1, None, :])
    return tuple(layers)
