"""A time budget that stops a runaway call.

`run_within` runs a call in a forked child and kills it: nothing survives, not even a C loop.
`interrupt_within` runs it here and interrupts it between two bytecodes: cheap, for algebra in the main
thread; one endless C operation escapes it.  Both nest, and an outer budget wins over a longer inner one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from theorems.errors import OverproofError

Result = TypeVar("Result")


class TimedOut(OverproofError, TimeoutError):
    """A call that was stopped because its budget was spent."""


class WorkerFailed(OverproofError):
    """A call whose child died or raised what cannot be carried over."""


class _Alarm(BaseException):
    """Raised by the timer; not an Exception, so that library code does not swallow it."""


def run_within(function: Callable[..., Result], args: Sequence[Any] = (), seconds: float = 60.0, **keywords: Any) -> Result:
    """`function(*args, **keywords)` in a child process; `TimedOut` after `seconds`.

    The result (or exception) travels by pickle; the arguments need not.  The child and whatever it started
    in the same way are killed.
    """
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(write, function, args, keywords)
    os.close(write)
    try:
        payload = _receive(read, time.monotonic() + seconds)
    finally:
        os.close(read)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if payload is None:
        raise TimedOut(f"stopped after its budget of {seconds:g} s")
    if not payload:
        raise WorkerFailed("the worker died (out of memory, or killed); try a simpler formula or a smaller budget")
    succeeded, value = pickle.loads(payload)
    if not succeeded:
        raise value
    return value  # type: ignore[no-any-return]


def _work(pipe: int, function: Callable[..., Any], args: Sequence[Any], keywords: Mapping[str, Any]) -> NoReturn:
    """The child's whole life: die with the parent, compute, send, leave without clean-up."""
    status = 1
    try:
        _die_with_parent()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _outer.clear()
        try:
            answer = (True, function(*args, **keywords))
        except Exception as error:
            answer = (False, error)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(_packed(answer))
        status = 0
    finally:
        os._exit(status)


def _packed(answer: tuple[bool, Any]) -> bytes:
    """Pickled, and known to unpickle; else an exception that says what was lost."""
    try:
        data = pickle.dumps(answer)
        pickle.loads(data)
        return data
    except Exception as error:
        what = f"{type(answer[1]).__name__} cannot be carried over from a worker: {answer[1]} ({error})"
        return pickle.dumps((False, WorkerFailed(what)))


def _die_with_parent() -> None:
    """On Linux the kernel kills this process when its parent dies, so that killing a child kills its children."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _receive(pipe: int, deadline: float) -> bytes | None:
    """Everything from `pipe` until it closes, or None at the deadline."""
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return None
        part = os.read(pipe, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)


#: Deadlines of the running `interrupt_within` calls, outermost first.
_outer: list[float] = []


def interrupt_within(function: Callable[..., Result], args: Sequence[Any] = (), seconds: float = 60.0, **keywords: Any) -> Result:
    """`function(*args, **keywords)` in this process; `TimedOut` after `seconds`.  Outside the main thread: `run_within`."""
    if threading.current_thread() is not threading.main_thread():
        return run_within(function, args, seconds, **keywords)
    deadline = min([time.monotonic() + seconds, *_outer])
    with _timer(deadline):
        try:
            return function(*args, **keywords)
        except _Alarm:
            pass
    if _outer and deadline >= min(_outer):
        raise _Alarm
    raise TimedOut(f"stopped after its budget of {seconds:g} s")


@contextlib.contextmanager
def _timer(deadline: float) -> Iterator[None]:
    """The alarm set for `deadline`, and again every second in case it was swallowed; then the former one again."""

    def ring(number: int, frame: object) -> NoReturn:
        raise _Alarm

    former = signal.signal(signal.SIGALRM, ring)
    _outer.append(deadline)
    signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 1e-6), 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _outer.pop()
        signal.signal(signal.SIGALRM, former)
        if _outer:
            signal.setitimer(signal.ITIMER_REAL, max(_outer[-1] - time.monotonic(), 1e-6), 1.0)
