"""The plots of claim pages: a panel for each part, every comparison in it, and scales that stand what records hold."""

import xml.etree.ElementTree as tree

import pytest

from numerics.judge import Comparison
from paper.site.plots import MOST, Scale, part, plots

CROSSED = [Comparison("a:b", f"experiment shard t {k} near", k / 2, "<=", float(k)) for k in range(1, 9)]
ROW = [Comparison("a:b", f"experiment shard t {k} end", k / 10, "=", 0.0, error=0.1) for k in range(5)]


def panels(comparisons):
    return tree.fromstring(f"<div>{plots(comparisons)}</div>").findall("svg")


def test_each_part_has_a_panel_that_says_what_it_is():
    crossed, row = panels([*CROSSED, *ROW])
    assert crossed.get("aria-label") == "near: left \u2264 right, 8 comparisons; linear axes; the line is equality"
    assert row.get("aria-label") == "end: left = right, 5 comparisons; the line is the right side, 0; linear axis"
    assert [len(panel.findall("circle")) for panel in (crossed, row)] == [8, 5]
    assert len(row.findall("path[@class='axes']")) == 1 + 5, "an error bar each"


def test_marks_lie_on_the_right_side_of_equality():
    """Left is half of right, so that every mark lies under the line from the lower left to the upper right."""
    (panel,) = panels(CROSSED)
    line = panel.find("path[@class='diagonal']").get("d")
    (x0, y0), (x1, y1) = (tuple(map(float, end.split())) for end in line[1:].split("L"))
    for mark in panel.findall("circle"):
        x, y = float(mark.get("cx")), float(mark.get("cy"))
        assert y > y0 + (y1 - y0) * (x - x0) / (x1 - x0)


@pytest.mark.parametrize(("where", "words"), [
    ("stages digits n 1 law 0", ""), ("a b T 1.0 law 2 l1", ""), ("a b ratio 0.0 distilled_minus_dense", "distilled minus dense"), ("a b", ""),
    ("linear flow-2 off the span", "off the span"),
])
def test_the_part_is_what_stands_behind_the_last_number(where, words):
    assert part(where) == words


def test_many_comparisons_are_thinned_and_numbers_that_are_none_left_out():
    (panel,) = panels([Comparison("a:b", f"x y {k}", float(k % 7), "<=", float(k)) for k in range(5 * MOST)])
    assert MOST / 2 <= len(panel.findall("circle")) <= MOST
    assert plots([Comparison("a:b", "x y 1", float("nan"), "<=", 1.0), Comparison("a:b", "x y 2", 1.0, "<=", float("inf"))]) == ""


def test_scales():
    scale = Scale.of([0.0, 1e-300, 1e-3, 1.0], 0, 100)
    assert scale.wide and scale(1.0) == 100 and scale(0.0) == scale(1e-300) == 0, "what is far too small lies at the end"
    assert not Scale.of([-1.0, 1e-9, 5.0], 0, 100).wide and not Scale.of([1.0, 2.0], 0, 100).wide
    assert Scale.of([3.0, 3.0], 0, 100)(3.0) == 50
