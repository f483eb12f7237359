"""Counter-based random numbers: independent of neighbours and of how they are cut, and of the right law."""

import torch

from gpu_validation import counter

SEEDS = torch.arange(200, dtype=torch.int64)


def test_a_seed_gets_the_same_words_alone_and_in_company():
    together = counter.bits(SEEDS, 3, 10)
    alone = counter.bits(SEEDS[17:18], 3, 10)
    assert torch.equal(together[17:18], alone)
    assert torch.equal(counter.bits(SEEDS, 3, 4, start=6), together[:, 6:])


def test_splitmix_reference_value():
    """The mixer is the published one: splitmix64 from state 0 starts with 0xE220A8397B1DCDAF."""
    first = counter._mix(torch.tensor([counter.GOLDEN], dtype=torch.int64))
    assert int(first) % (1 << 64) == 0xE220A8397B1DCDAF


def test_uniform_and_normal_moments():
    u = counter.uniform(SEEDS, 1, 5000)
    assert 0 < float(u.min()) and float(u.max()) < 1
    assert abs(float(u.mean()) - 0.5) < 1e-3 and abs(float(u.var()) - 1 / 12) < 1e-3
    z = counter.normal(SEEDS, 2, 5000)
    assert abs(float(z.mean())) < 5e-3 and abs(float(z.var()) - 1) < 1e-2
    assert abs(float((z[:, 0] * z[:, 1]).mean())) < 0.3


def test_streams_differ_and_subsets_are_distinct():
    assert not torch.equal(counter.bits(SEEDS, 1, 4), counter.bits(SEEDS, 2, 4))
    chosen = counter.subsets(SEEDS, 5, 30, 100)
    assert chosen.shape == (200, 30)
    assert all(len(set(row.tolist())) == 30 for row in chosen)
    assert abs(float(chosen.double().mean()) - 49.5) < 1


def test_categorical_frequencies():
    p = torch.tensor([[0.7, 0.2, 0.1, 0.0]])
    drawn = counter.categorical(torch.arange(20000), 9, p).flatten()
    frequency = torch.bincount(drawn, minlength=4) / 20000
    assert torch.allclose(frequency, p[0], atol=0.015) and frequency[3] == 0
