"""Plain stochastic gradient descent on the logistic loss, as in the published run."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def train_network(
    network: nn.Module, inputs: Tensor, labels: Tensor, *, epochs: int, rate: float = 0.05, batch: int = 100, seed: int = 0,
    products: torch.dtype = torch.float32,
) -> float:
    """Train in place on (m, d) inputs and -1/+1 labels; the mean loss of the last epoch.

    The order of the examples depends on `seed` alone.  With `products` torch.bfloat16 the matrix products are taken
    in that precision; weights, their updates and the loss stay in float32.
    """
    optimiser = torch.optim.SGD(network.parameters(), lr=rate)
    generator = torch.Generator().manual_seed(seed)
    network.train()
    mean = float("nan")
    for _ in range(epochs):
        total = torch.zeros((), device=inputs.device)
        for rows in torch.randperm(len(inputs), generator=generator).to(inputs.device).split(batch):
            with torch.autocast(inputs.device.type, dtype=torch.bfloat16, enabled=products == torch.bfloat16):
                logits = network(inputs[rows])
            loss = functional.softplus(-labels[rows] * logits.float()).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            total += loss.detach() * len(rows)
        mean = float(total) / len(inputs)
    return mean


def accuracy(network: nn.Module, inputs: Tensor, labels: Tensor, *, batch: int = 4096) -> float:
    """The share of inputs whose logit has the label's sign."""
    network.eval()
    with torch.no_grad():
        hits = sum(int(((network(x) > 0) == (y > 0)).sum()) for x, y in zip(inputs.split(batch), labels.split(batch), strict=True))
    return hits / len(inputs)
