# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""People find names where they look for them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from verbund.kernel.sorting import sort_key


def test_din_5007_1():
    names = ["Zossen", "Übersee", "beelitz", "Ämter", "Amt"]
    assert sorted(names, key=sort_key) == ["Amt", "Ämter", "beelitz", "Übersee", "Zossen"]


def test_sharp_s_counts_as_two():
    assert sorted(["Strase", "Straße", "Strassen"], key=sort_key) == ["Strase", "Straße", "Strassen"]


@given(st.text())
def test_key_does_not_depend_on_how_accents_are_composed(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))
