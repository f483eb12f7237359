"""What a network holds inside: one matrix of activations from forward hooks on any `nn.Module`."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from theorems.errors import OutOfDomain


def hooked_layers(network: nn.Module) -> tuple[str, ...]:
    """The default layers: every submodule but the whole and mere containers."""
    containers = (nn.Sequential, nn.ModuleList, nn.ModuleDict)
    return tuple(name for name, module in network.named_modules() if name and not isinstance(module, containers))


def _answer(network: nn.Module, inputs: Tensor) -> Tensor:
    try:
        answer = network(inputs)
    except (RuntimeError, TypeError, ValueError, IndexError) as fault:
        raise OutOfDomain(f"the network does not take inputs of shape {tuple(inputs.shape)}: {' '.join(str(fault).split())[:160]}") from fault
    if not isinstance(answer, Tensor):
        raise OutOfDomain(f"the network answers a {type(answer).__name__}, not one tensor; wrap it so that it answers its logits")
    return answer


def collect(
    network: nn.Module, inputs: Tensor, *, layers: Sequence[str] | None = None, batch: int = 4096, device: torch.device | str = "cpu"
) -> tuple[Tensor, Tensor]:
    """(activations, outputs) of `network` on `inputs`, in evaluation mode, without gradients; each submodule gets its own mode back.

    Activations: (m, total width), the outputs of the named submodules laid side by side (floating tensors
    with one row an input, flattened); a submodule that runs several times contributes each run.  Outputs: what
    the network returned.
    Raises `OutOfDomain` for unknown layers, or where no hooked layer answers one row an input.
    """
    modules = dict(network.named_modules())
    chosen = tuple(layers) if layers is not None else hooked_layers(network)
    unknown = [name for name in chosen if name not in modules]
    if unknown:
        raise OutOfDomain(f"the network has no layer {unknown[0]!r}; it has {', '.join(hooked_layers(network))}")
    seen: list[Tensor] = []
    rows = 0

    def keep(_module: nn.Module, _inputs: object, output: object) -> None:
        if isinstance(output, Tensor) and output.is_floating_point() and output.ndim >= 1 and output.shape[0] == rows:
            seen.append(output.detach().reshape(rows, -1).clone())  # a later layer may work in place

    handles = [modules[name].register_forward_hook(keep) for name in chosen]
    modes = {module: module.training for module in network.modules()}
    parts, outputs = [], []
    try:
        network.eval()
        with torch.no_grad():
            for piece in inputs.split(batch):
                seen.clear()
                rows = len(piece)
                outputs.append(_answer(network, piece.to(device)))
                if not seen:
                    raise OutOfDomain("no hooked layer answers with one row an input; name the layers to probe")
                parts.append(torch.cat(seen, dim=1))
    finally:
        for module, training in modes.items():
            module.training = training
        for handle in handles:
            handle.remove()
    return torch.cat(parts), torch.cat(outputs)
