"""The kernels of `gpu_validation.fused_triton`; importing this module needs Triton.

A row of at most `WHOLE` classes stays in the registers of one program.  A longer one is cut into tiles: a first pass leaves each
tile's maxima and sums, a second adds them up and reads the tile again.  Programs draw tickets, and a ticket of the second pass waits
for tickets before its own alone, so nothing can wait in a circle; the passes take turns in bands of rows that fit the L2 cache, where
the second reading finds them.  Losses are summed as in `gpu_validation.fused_loss`.
"""

# mypy: disable-error-code="no-untyped-def"

import triton
import triton.language as tl


@triton.jit
def scaled(p_ptr, z_ptr, column, classes, inv_teacher, inv_student):
    inside = column < classes
    p = tl.load(p_ptr + column, mask=inside, other=0.0).to(tl.float32)
    z = tl.load(z_ptr + column, mask=inside, other=float("-inf")).to(tl.float32)
    return tl.log(p) * inv_teacher, z * inv_student


@triton.jit
def part_of_loss(log_q, log_s):
    q, s = tl.exp(log_q), tl.exp(log_s)
    return tl.sum(tl.where(q > 0, q * (log_q - log_s), 0.0) + (s - q), 0), s - q


@triton.jit
def highest(values):
    top = tl.max(values, 0)
    return tl.where(top == float("-inf"), 0.0, top)


@triton.jit
def row(p_ptr, z_ptr, loss_ptr, grad_ptr, classes, inv_teacher, inv_student, SOFTEN: tl.constexpr, SIZE: tl.constexpr):
    base = tl.program_id(0).to(tl.int64) * classes
    column = tl.arange(0, SIZE)
    a, z = scaled(p_ptr + base, z_ptr + base, column, classes, inv_teacher, inv_student)
    if SOFTEN:
        a -= highest(a)
        a -= tl.log(tl.sum(tl.exp(a), 0))
    z -= highest(z)
    z -= tl.log(tl.sum(tl.exp(z), 0))
    loss, slope = part_of_loss(a, z)
    tl.store(loss_ptr + tl.program_id(0), loss)
    tl.store(grad_ptr + base + column, slope * inv_student, mask=column < classes)


@triton.jit
def tile(
    p_ptr, z_ptr, loss_ptr, grad_ptr, found_ptr, ready_ptr, ticket_ptr, rows, classes, tiles, band, inv_teacher, inv_student,
    SOFTEN: tl.constexpr, SIZE: tl.constexpr, TILES: tl.constexpr,
):
    ticket = tl.atomic_add(ticket_ptr, 1)
    units, bands = band * tiles, tl.cdiv(rows, band)
    turn, within = ticket // units, ticket % units
    last = turn == 2 * bands - 1
    first_pass = (turn == 0) | ((turn % 2 == 1) & (turn < 2 * bands - 1))
    which = tl.where(first_pass, (turn + 1) // 2, tl.where(last, bands - 1, turn // 2 - 1))
    line, piece = which * band + within // tiles, within % tiles
    if line < rows:
        base = line.to(tl.int64) * classes
        column = piece * SIZE + tl.arange(0, SIZE)
        a, z = scaled(p_ptr + base, z_ptr + base, column, classes, inv_teacher, inv_student)
        if first_pass:
            top_a, top_z = highest(a), highest(z)
            place = found_ptr + (line * tiles + piece) * 4
            tl.store(place, top_a)
            tl.store(place + 1, tl.sum(tl.exp(a - top_a), 0))
            tl.store(place + 2, top_z)
            tl.store(place + 3, tl.sum(tl.exp(z - top_z), 0))
            tl.debug_barrier()
            tl.atomic_add(ready_ptr + line, 1, sem="release")
        else:
            while tl.atomic_add(ready_ptr + line, 0, sem="acquire") < tiles:
                pass
            tl.debug_barrier()
            each = tl.arange(0, TILES)
            places, there = found_ptr + (line * tiles + each) * 4, each < tiles
            if SOFTEN:
                tops_a = tl.load(places, mask=there, other=float("-inf"), cache_modifier=".cg")
                sums_a = tl.load(places + 1, mask=there, other=0.0, cache_modifier=".cg")
                a -= tl.max(tops_a, 0)
                a -= tl.log(tl.sum(sums_a * tl.exp(tops_a - tl.max(tops_a, 0)), 0))
            tops_z = tl.load(places + 2, mask=there, other=float("-inf"), cache_modifier=".cg")
            sums_z = tl.load(places + 3, mask=there, other=0.0, cache_modifier=".cg")
            z -= tl.max(tops_z, 0)
            z -= tl.log(tl.sum(sums_z * tl.exp(tops_z - tl.max(tops_z, 0)), 0))
            loss, slope = part_of_loss(a, z)
            tl.store(loss_ptr + line * tiles + piece, loss)
            tl.store(grad_ptr + base + column, slope * inv_student, mask=column < classes)
