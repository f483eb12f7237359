"""The training harness: many students in one pass against a plain loop, and the fused loss against `F.kl_div`.

What bounds each figure stands in its note.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import torch
from torch.nn import functional

from gpu_validation import counter, ensemble
from gpu_validation.data.dataset import digits
from gpu_validation.fused_loss import fused_operator_kl
from tests.bench import Measurement

STEPS = 64
LOOP_BOUND = "the loop: Python, autograd and optimiser calls of a step; wider students close the gap"
STACK_BOUND = f"the stack: batched products and one fused optimiser pass; {LOOP_BOUND}"
COPY_BOUND = "the second reading of long rows, as far as it misses L2; backward() scales the gradient once more"
LOSS_BOUND = "exp and log of V entries, p and z read once and the gradient written once, in blocks that stay in the cache"
WIDTHS = (64, 16, 10)


def alternating(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Best seconds of both, measured in turn, so that a busy machine slows both."""
    first(), second()
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for k, work in enumerate((first, second)):
            start = time.perf_counter()
            work()
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            best[k] = min(best[k], time.perf_counter() - start)
    return best[0], best[1]


def throughput_ratio(students: int, device: torch.device) -> float:
    """Students per second of the stack over those of a loop over single modules (timed on two of them)."""
    data = digits(device)
    training = ensemble.Training(steps=STEPS, batch=32, rate=0.01)
    stack = ensemble.initial(WIDTHS, torch.arange(students, device=device))
    rows = counter.integers(stack.seeds[:2], ensemble.STREAM_BATCH, STEPS * 32, len(data.train_inputs)).view(2, STEPS, 32)

    def loop() -> None:
        for k in range(2):
            module = ensemble.as_module(stack, k).to(device)
            optimiser = torch.optim.AdamW(module.parameters(), lr=training.rate, weight_decay=0.0)
            for index in rows[k]:
                ensemble.single_step(module, optimiser, data.train_inputs[index], data.train_truth[index])

    together, alone = alternating(lambda: ensemble.train(stack, data.train_inputs, data.train_truth, training), loop, 7)
    return (alone / 2) / (together / students)


def loss_ratio(rows: int, classes: int, device: torch.device) -> float:
    """Seconds of the fused operator-and-KL loss over those of F.kl_div(log_softmax) on ready targets, with gradients."""
    seeds = torch.arange(rows, device=device)
    p = torch.softmax(3 * counter.normal(seeds, 1, classes), -1).float()
    z = counter.normal(seeds, 2, classes).float().requires_grad_()

    def fused() -> None:
        z.grad = None
        fused_operator_kl(p, z, 2.0).backward()

    def plain() -> None:
        z.grad = None
        functional.kl_div(functional.log_softmax(z / 2, -1), p, reduction="batchmean").backward()

    first, second = alternating(fused, plain, 9)
    return first / second


def copy_share(rows: int, classes: int) -> float:
    """Bytes that the fused loss must move (p and z in, gradient out) per second, as a share of copy bandwidth."""
    device = torch.device("cuda")
    p = torch.softmax(torch.randn(rows, classes, device=device), -1)
    z = torch.randn(rows, classes, device=device, requires_grad=True)
    target = torch.empty_like(p)
    fused, copy = alternating(lambda: fused_operator_kl(p, z, 2.0, reduction="sum"), lambda: target.copy_(p), 20)
    return 1.5 * copy / fused


def measure() -> Iterator[Measurement]:
    cpu = torch.device("cpu")
    yield Measurement("256 digit students: stack over loop", throughput_ratio(256, cpu), "times", at_least=30, note=STACK_BOUND)
    for rows, classes in ((32, 131072), (256, 32768), (4096, 1000)):
        yield Measurement(f"fused loss over F.kl_div, V={classes}", loss_ratio(rows, classes, cpu), "times", at_most=1.1, note=LOSS_BOUND)
    if torch.cuda.is_available():
        ratio = throughput_ratio(4096, torch.device("cuda"))
        yield Measurement("4096 digit students on GPU: stack over loop", ratio, "times", at_least=1000, note=f"the stack: kernel launches; {LOOP_BOUND}")
        for rows, classes in ((2048, 131072), (32768, 8192)):
            share = copy_share(rows, classes)
            yield Measurement(f"fused loss and its gradient, share of copy bandwidth, V={classes}", share, "share", at_least=0.8, note=COPY_BOUND)
