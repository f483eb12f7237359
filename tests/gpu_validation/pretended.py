"""A GPU that is not there: tensors put on `cuda` stay on the processor but remember it, and mixing them with others is the error it would be."""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

CUDA, CPU = torch.device("cuda"), torch.device("cpu")
READS = {"numpy", "__array__"}
MOVES = {"to", "cpu", "cuda", "copy_", "as_tensor", "tensor", "item", "tolist", "__format__", "__repr__", "__set__", "detach", "_has_compatible_shallow_copy_type"}
FOLLOWS_FIRST = {"to", "copy_", "__getitem__", "__setitem__"}


class PretendedGPU(TorchFunctionMode):
    """While it is entered, `device="cuda"` works everywhere and follows the rules of a real one."""

    def __init__(self) -> None:
        super().__init__()
        self.there: dict[int, Any] = {}

    def holds(self, tensor: torch.Tensor) -> bool:
        found = self.there.get(id(tensor))
        return found is not None and found() is tensor

    def mark(self, tensor: torch.Tensor, on: bool) -> None:
        if on:
            self.there[id(tensor)] = weakref.ref(tensor)
        else:
            self.there.pop(id(tensor), None)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        name = func.__name__
        tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        on = [self.holds(tensor) for tensor in tensors]
        if name == "__get__" and func == torch.Tensor.device.__get__:
            return CUDA if on[0] else CPU
        target = None
        if "device" in kwargs and kwargs["device"] is not None:
            target = torch.device(kwargs["device"]).type == "cuda"
            kwargs["device"] = CPU
        elif name == "to" and len(args) > 1 and isinstance(args[1], (str, torch.device)):
            target = torch.device(args[1]).type == "cuda"
            args = (args[0], CPU, *args[2:])
        elif name in ("cpu", "cuda"):
            target, func = name == "cuda", torch.Tensor.cpu
        elif name in ("as_tensor", "tensor") and not tensors:
            target = False
        if name in READS and any(on):
            raise TypeError("a tensor on cuda was read as an array")
        if any(on) and name not in MOVES and not (name in FOLLOWS_FIRST and on[0]):
            lost = [tensor for tensor, there in zip(tensors, on, strict=True) if not there and tensor.dim()]
            if lost:
                raise RuntimeError(f"{name} mixes cuda with a tensor of shape {tuple(lost[0].shape)} on cpu")
        found = func(*args, **kwargs)
        if target is not None and any(found is tensor and there != target for tensor, there in zip(tensors, on, strict=True)):
            found = found.clone()  # moved: another tensor
        if name == "__set__" and len(tensors) == 2:  # parameter.data = moved
            self.mark(tensors[0], on[1])
        stays = target if target is not None else on[0] if name in FOLLOWS_FIRST else any(on)
        for leaf in tree_leaves(found):
            if isinstance(leaf, torch.Tensor):
                self.mark(leaf, stays)
        return found
