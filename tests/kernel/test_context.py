# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The context is one scope, and only where it was entered."""

from __future__ import annotations

import pytest

from verbund.kernel import context
from verbund.kernel.context import CrossTenant, Municipality, NoContext

A = Municipality(number=1, slug="a", name="A", kind="gemeinde")
B = Municipality(number=2, slug="b", name="B", kind="stadt")


def test_nothing_is_entered_at_first():
    with pytest.raises(NoContext):
        context.current()


def test_entering_and_leaving():
    with context.enter(A):
        assert context.current_municipality() is A
    assert context.current_or_none() is None


def test_second_municipality_is_refused():
    with context.enter(A), pytest.raises(CrossTenant), context.enter(B):
        pass


def test_association_is_no_bridge_to_a_second_municipality():
    with context.enter(A), context.enter_association(), pytest.raises(CrossTenant), context.enter(B):
        pass


def test_association_may_enter_one_municipality_after_another():
    with context.enter_association():
        for municipality in (A, B):
            with context.enter(municipality):
                assert context.current() is municipality


def test_same_municipality_may_be_entered_again():
    with context.enter(A), context.enter(A):
        assert context.current() is A


def test_the_way_back_from_the_association_is_open():
    with context.enter(A), context.enter_association(), context.enter(A):
        assert context.current() is A


def test_association_is_no_municipality():
    with context.enter_association(), pytest.raises(NoContext):
        context.current_municipality()


def test_leaving_after_an_error():
    with pytest.raises(ZeroDivisionError), context.enter(A):
        raise ZeroDivisionError
    assert context.current_or_none() is None


def test_key_carries_the_number():
    assert A.key == "m_000001"


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        ("gemeinde", "Heideblick", "Gemeinde Heideblick"),
        ("stadt", "Luckau", "Stadt Luckau"),
        ("amt", "Amt Dahme/Mark", "Amt Dahme/Mark"),
    ],
)
def test_display_name(kind, name, shown):
    assert Municipality(number=3, slug="x", name=name, kind=kind).display_name == shown
