"""The array library of an input, found from its type: NumPy or torch, whichever the caller imported.

Both spell the functions used here alike (`xp.sum(x, axis=-1, keepdims=True)`, `xp.log(x, out=x)`), so one
code serves both; what differs stands in this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, final

from theorems.errors import OutOfDomain

#: Elements worked on at a time, so that checking, computing and normalising meet in the processor's cache.
BLOCK = {"numpy": 1 << 16, "torch": 1 << 20}
FLOATS = ("float16", "bfloat16", "float32", "float64")


@final
@dataclass(frozen=True)
class Library:
    """NumPy or torch, with the working precision and block size that suit it."""

    name: str
    xp: Any

    def dtype_name(self, array: Any) -> str:
        return str(array.dtype).removeprefix("torch.")

    def working(self, array: Any) -> Any:
        """The dtype to compute in: half precision is promoted, and so is NumPy's single precision.

        NumPy's float32 `exp` and `log` are not monotone (neighbours can swap); torch's are.
        """
        if self.dtype_name(array) == "float64" or self.name == "numpy":
            return self.xp.float64
        return self.xp.float32

    def cast(self, array: Any, dtype: Any) -> Any:
        """`array` in `dtype`, itself if it already is."""
        if array.dtype == dtype:
            return array
        return array.to(dtype) if self.name == "torch" else array.astype(dtype)

    def finfo(self, dtype: Any) -> Any:
        return self.xp.finfo(dtype)

    def copy(self, array: Any) -> Any:
        return array.clone() if self.name == "torch" else array.copy()

    def empty(self, like: Any, dtype: Any) -> Any:
        """An uninitialised contiguous array of the shape of `like`, on its device."""
        if self.name == "torch":
            return self.xp.empty(like.shape, dtype=dtype, device=like.device)
        return self.xp.empty(like.shape, dtype=dtype)

    def full(self, like: Any, value: float) -> Any:
        return self.xp.full_like(like, value)

    def scale_and_shift(self, block: Any, scale: Any, shift: Any, out: Any) -> None:
        """scale * block + shift into `out`, for two numbers (torch: in one pass) or one of each a row."""
        if self.name == "torch" and isinstance(scale, float):
            self.xp.add(self.xp.as_tensor(shift, dtype=block.dtype, device=block.device), block, alpha=scale, out=out)
            return
        self.xp.multiply(block, scale, out=out)
        self.xp.add(out, shift, out=out)

    def quiet(self) -> AbstractContextManager[Any]:
        """log 0 = -inf is meant, so NumPy shall not warn; torch records no gradient through the inner steps."""
        context: AbstractContextManager[Any] = self.xp.no_grad() if self.name == "torch" else self.xp.errstate(all="ignore")
        return context

    def rows(self, array: Any, axis: int) -> Any:
        """The distributions along `axis` as rows of a contiguous matrix."""
        moved = self.xp.moveaxis(array, axis, -1)
        rows = moved.reshape(-1, moved.shape[-1])
        return rows.contiguous() if self.name == "torch" else self.xp.ascontiguousarray(rows)

    def unrows(self, rows: Any, array: Any, axis: int) -> Any:
        """The inverse of `rows`, in the shape of `array`."""
        shape = list(array.shape)
        shape.append(shape.pop(axis))
        return self.xp.moveaxis(rows.reshape(shape), -1, axis)

    def blocks(self, rows: Any, temporaries: int = 1) -> Iterator[slice]:
        """Slices of rows that fit the cache `temporaries` times; one slice on an accelerator."""
        count, size = rows.shape
        step = max(1, BLOCK[self.name] // (size * temporaries))
        if self.name == "torch" and rows.device.type != "cpu":
            step = max(1, count)
        for start in range(0, count, step):
            yield slice(start, start + step)


def library_of(array: Any) -> Library:
    """NumPy or torch; anything else, and any dtype that is not a float, raises `OutOfDomain`."""
    for name, kind in (("torch", "Tensor"), ("numpy", "ndarray")):
        module = sys.modules.get(name)
        if module is not None and isinstance(array, getattr(module, kind)):
            library = Library(name, module)
            if library.dtype_name(array) not in FLOATS:
                raise OutOfDomain(f"dtype {library.dtype_name(array)} holds no probabilities; convert to one of {', '.join(FLOATS)}")
            return library
    raise OutOfDomain(f"{type(array).__name__} is no array; give a NumPy array or a torch tensor")
