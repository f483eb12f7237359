"""A budget of processor time that stops a runaway call.

Seconds are seconds of work: of this process, and of the children it has waited for.  On an idle machine that is
the time on the clock; on a busy one the clock runs faster, and what a call finds stays the same.  What sleeps or
hangs does no work, so `PATIENCE` seconds on the clock for each second of the budget end it too.

`run_within` runs a call in a forked child and kills it: nothing survives, not even a C loop.
`interrupt_within` runs it here and interrupts it between two bytecodes: cheap, for algebra in the main
thread; one endless C operation escapes it.  Both nest, and an outer budget wins over a longer inner one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeVar, final

from theorems.errors import OverproofError

Result = TypeVar("Result")

#: Seconds on the clock that a call may take for each second of its budget, asleep or waiting for a processor.
PATIENCE: Final = 8
#: Budgets with no more than this left are spent.
_GRAIN: Final = 0.001
#: What a child may work beyond its budget before it is killed: it was interrupted, and did not listen.
_GRACE: Final = 0.25


class TimedOut(OverproofError, TimeoutError):
    """A call that was stopped because its budget was spent."""


class WorkerFailed(OverproofError):
    """A call whose child died or raised what cannot be carried over."""


class _Spent(Exception):
    """The budget of the call itself is spent, not one around it."""


class _Alarm(BaseException):
    """Raised by the timers; not an Exception, so that library code does not swallow it."""


def worked() -> float:
    """Seconds of processor time of this process and of the children that it has waited for."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


@final
@dataclass(frozen=True)
class Deadline:
    """When a budget ends for this process: at so much work, and at such a time whatever the work."""

    work: float
    clock: float

    @staticmethod
    def after(seconds: float) -> Deadline:
        return Deadline(worked() + seconds, time.monotonic() + PATIENCE * seconds)

    def left(self) -> float:
        """The seconds of work that may still be done, as far as clock and work have run; not positive when it is over."""
        return min(self.work - worked(), (self.clock - time.monotonic()) / PATIENCE)

    def within(self, outer: Deadline) -> Deadline:
        """The earlier of both."""
        return Deadline(min(self.work, outer.work), min(self.clock, outer.clock))


#: Deadlines of the running `interrupt_within` calls, outermost first, each within the one before.
_running: list[Deadline] = []
_former: Any = None


def interrupt_within(function: Callable[..., Result], args: Sequence[Any] = (), seconds: float = 60.0, **keywords: Any) -> Result:
    """`function(*args, **keywords)` in this process; `TimedOut` after `seconds`.  Outside the main thread: `run_within`."""
    if not _in_main_thread():
        return run_within(function, args, seconds, **keywords)
    try:
        return _interrupted(function, args, keywords, _bounded(seconds))
    except _Spent:
        raise TimedOut(f"stopped after its budget of {seconds:g} s") from None


def run_within(function: Callable[..., Result], args: Sequence[Any] = (), seconds: float = 60.0, **keywords: Any) -> Result:
    """`function(*args, **keywords)` in a child process; `TimedOut` after `seconds`.

    The result (or exception) travels by pickle; the arguments need not.  The child and whatever it started
    in the same way are killed.
    """
    deadline = _bounded(seconds)
    allowed = max(deadline.left(), _GRAIN)
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(write, function, args, keywords, allowed)
    os.close(write)
    try:
        payload = _receive(read, child, allowed + _GRACE, deadline.clock)
    finally:
        os.close(read)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    answer = None if payload is None else _unpacked(payload)
    if answer is None:
        _end_with_outer()
        raise TimedOut(f"stopped after its budget of {seconds:g} s")
    succeeded, value = answer
    if not succeeded:
        raise value
    return value  # type: ignore[no-any-return]


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _bounded(seconds: float) -> Deadline:
    """The deadline of a call that begins now, within those that run; other threads have none."""
    deadline = Deadline.after(seconds)
    return deadline.within(_running[-1]) if _running and _in_main_thread() else deadline


def _interrupted(function: Callable[..., Result], args: Sequence[Any], keywords: Mapping[str, Any], deadline: Deadline) -> Result:
    """The call's result, or `_Spent` at the deadline."""
    depth = len(_running)
    try:
        try:
            _enter(deadline)
            return function(*args, **keywords)
        finally:
            _leave(depth)
    except _Alarm:
        _leave(depth)
    _end_with_outer()
    raise _Spent


def _end_with_outer() -> None:
    """Pass the alarm on where the budget around this call is spent too."""
    if _running and _in_main_thread() and _running[-1].left() <= _GRAIN:
        raise _Alarm


def _enter(deadline: Deadline) -> None:
    global _former
    if not _running:
        _former = signal.signal(signal.SIGALRM, _ring)
    _running.append(deadline)
    _arm()


def _leave(depth: int) -> None:
    """Back to the budgets that ran at this depth; done twice it does no more than once."""
    del _running[depth:]
    if _running:
        _arm()
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, _former or signal.SIG_DFL)


def _arm() -> None:
    """Ring when the innermost budget may be spent, and again every second in case the alarm is swallowed."""
    signal.setitimer(signal.ITIMER_REAL, max(_running[-1].left(), 1e-6), 1.0)


def _ring(number: int, frame: object) -> None:
    """Raise where the budget is spent; else the work took longer on the clock, and the timer is set again."""
    if _running and _running[-1].left() <= _GRAIN:
        raise _Alarm
    if _running:
        _arm()


def _work(pipe: int, function: Callable[..., Any], args: Sequence[Any], keywords: Mapping[str, Any], seconds: float) -> NoReturn:
    """The child's whole life: die with the parent, compute, send, leave without clean-up."""
    status = 1
    try:
        _die_with_parent()
        _running.clear()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        answer: tuple[bool, Any] | None
        try:
            answer = (True, _interrupted(function, args, keywords, Deadline.after(seconds)))
        except _Spent:
            answer = None
        except Exception as error:
            answer = (False, error)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(_packed(answer))
        status = 0
    finally:
        os._exit(status)


def _packed(answer: tuple[bool, Any] | None) -> bytes:
    """Pickled, and known to unpickle; else an exception that says what was lost."""
    try:
        data = pickle.dumps(answer)
        pickle.loads(data)
        return data
    except Exception as error:
        assert answer is not None
        what = f"{type(answer[1]).__name__} cannot be carried over from a worker: {answer[1]} ({error})"
        return pickle.dumps((False, WorkerFailed(what)))


def _unpacked(payload: bytes) -> tuple[bool, Any] | None:
    """What the child answered; None where its budget was spent."""
    try:
        return pickle.loads(payload)  # type: ignore[no-any-return]
    except (EOFError, pickle.UnpicklingError):
        what = "the worker died (out of memory, or killed); try a simpler formula or a smaller budget"
        return False, WorkerFailed(what)


def _die_with_parent() -> None:
    """On Linux the kernel kills this process when its parent dies, so that killing a child kills its children."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _worked_by(child: int) -> float:
    """Seconds of processor time of a child so far; 0 where the system does not tell."""
    clock = ctypes.c_int()
    try:
        return 0.0 if ctypes.CDLL(None).clock_getcpuclockid(child, ctypes.byref(clock)) else time.clock_gettime(clock.value)
    except (OSError, AttributeError):
        return 0.0


def _receive(pipe: int, child: int, seconds: float, end: float) -> bytes | None:
    """Everything from `pipe` until it closes, or None when the child has worked for `seconds` or the clock is at `end`."""
    parts: list[bytes] = []
    while True:
        left, clock = seconds - _worked_by(child), end - time.monotonic()
        if left <= 0 or clock <= 0:
            return None
        if not select.select([pipe], [], [], min(max(left, _GRAIN), clock))[0]:
            continue
        part = os.read(pipe, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
