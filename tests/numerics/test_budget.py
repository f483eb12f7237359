"""Budgets of work really stop a call: in C, in Python, nested, asleep, with exceptions swallowed; and leave nothing behind."""

import os
import signal
import sys
import threading
import time

import pytest
import sympy as sp

from numerics.budget import PATIENCE, Deadline, TimedOut, WorkerFailed, interrupt_within, run_within, worked

RUNNERS = [run_within, interrupt_within]


def spin(seconds=60.0):
    end = worked() + seconds
    while worked() < end:
        pass
    return "done"


def swallow(seconds=60.0):
    end = worked() + seconds
    while worked() < end:
        try:
            spin(seconds)
        except Exception:
            pass
    return "done"


def hanging_simplify():
    x, y, z = sp.symbols("x y z")
    return sp.simplify(sp.expand((sp.sin(x) + sp.cos(y) * sp.exp(z) + sp.tan(x * y) / (1 + sp.sin(z))) ** 14))


def one_endless_operation():
    return len(str(7 ** (10**9)))


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("function", [spin, swallow, hanging_simplify])
def test_stops_a_runaway_call(runner, function):
    start = worked()
    with pytest.raises(TimedOut, match=r"0\.5 s"):
        runner(function, (), 0.5)
    assert worked() - start < 2.5


def test_a_child_is_killed_inside_one_endless_operation():
    start = worked()
    with pytest.raises(TimedOut):
        run_within(one_endless_operation, (), 0.5)
    assert worked() - start < 2.5


@pytest.mark.parametrize("runner", RUNNERS)
def test_waiting_is_no_work(runner):
    """What a busy machine does to a call, made with sleep: it takes twice its budget on the clock and does little work."""
    assert runner(lambda: time.sleep(0.6) or "done", (), 0.3) == "done"


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_hangs_is_ended_by_the_clock(runner):
    start, clock = worked(), time.monotonic()
    with pytest.raises(TimedOut, match=r"0\.05 s"):
        runner(time.sleep, (3600,), 0.05)
    assert worked() - start < 1 and time.monotonic() - clock >= 0.05 * (PATIENCE - 1)


def test_the_work_of_a_child_counts():
    def by_children():
        for _ in range(100):
            run_within(spin, (0.2,), 5)

    start = worked()
    for runner in RUNNERS:
        with pytest.raises(TimedOut, match=r"0\.5 s"):
            runner(by_children, (), 0.5)
    assert 0.9 < worked() - start < 4


def test_a_deadline_counts_work_and_waits_long():
    end, late = Deadline.after(0.2), Deadline.after(30)
    assert 0 < end.left() <= 0.2 and end.within(late) == late.within(end) == end
    spin(0.25)
    assert end.left() <= 0 and 0 < Deadline(worked() + 9, time.monotonic() + PATIENCE).left() <= 1
    assert Deadline(worked() + 9, time.monotonic()).left() <= 0


@pytest.mark.parametrize("runner", RUNNERS)
def test_returns_the_result(runner):
    assert runner(sp.factor, (sp.Symbol("x") ** 2 - 1,), 20) == sp.factor(sp.Symbol("x") ** 2 - 1)
    assert runner(lambda a, b=1: a - b, (5,), 20, b=3) == 2


@pytest.mark.parametrize("runner", RUNNERS)
def test_raises_what_the_call_raises(runner):
    with pytest.raises(ZeroDivisionError):
        runner(lambda: 1 // 0, (), 20)


def test_a_large_result_comes_back():
    assert run_within(lambda: b"x" * 10**7, (), 20) == b"x" * 10**7


def test_what_cannot_be_carried_over_is_said():
    with pytest.raises(WorkerFailed, match="carried over"):
        run_within(lambda: (lambda: 0), (), 20)


def test_a_dying_child_is_said():
    with pytest.raises(WorkerFailed, match="died"):
        run_within(os._exit, (3,), 20)


def test_the_outer_budget_wins():
    start = worked()
    for outer in RUNNERS:
        for inner in RUNNERS:
            with pytest.raises(TimedOut, match=r"0\.4 s"):
                outer(inner, (spin, (), 50), 0.4)
    assert worked() - start < 8


def test_the_inner_budget_wins_and_the_outer_goes_on():
    def nested(inner):
        try:
            return inner(spin, (), 0.2)
        except TimedOut:
            return "stopped"

    for outer in RUNNERS:
        for inner in RUNNERS:
            assert outer(nested, (inner,), 10) == "stopped"


def test_the_outer_budget_still_counts_after_an_inner_one():
    def nested():
        interrupt_within(spin, (0.01,), 5)
        spin()

    with pytest.raises(TimedOut, match=r"0\.4 s"):
        interrupt_within(nested, (), 0.4)


def test_the_alarm_is_put_back():
    before = signal.getsignal(signal.SIGALRM)
    interrupt_within(spin, (0.01,), 5)
    with pytest.raises(TimedOut):
        interrupt_within(spin, (), 0.05)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_works_outside_the_main_thread():
    found = []

    def body():
        try:
            interrupt_within(spin, (), 0.3)
        except TimedOut as error:
            found.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert len(found) == 1


def test_no_grandchild_survives(tmp_path):
    if sys.platform != "linux":
        pytest.skip("only the Linux kernel kills a process with its parent")

    def announce():
        (tmp_path / "pid").write_text(str(os.getpid()))
        spin()

    with pytest.raises(TimedOut):
        run_within(run_within, (announce, (), 50), 0.5)
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running(pid):
        time.sleep(0.05)
    assert not running(pid)


def running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stream:
            return stream.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
