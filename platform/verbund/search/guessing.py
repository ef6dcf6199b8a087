# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may have been meant by words that find nothing: the nearest of those that stand in what the reader may see."""

from __future__ import annotations

import re

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Length

from verbund.search.finding import MayAsk, finds, labels_of
from verbund.search.models import Word
from verbund.search.spelling import WORDS, folded, slips, slips_allowed

# Of so short words a single slip may leave no trigram whole, so their length alone says which are looked at.
_SHORT = 6
_LIKELY, _LIKELY_SHORT = 50, 500


def guess(text: str, *, who: MayAsk | None) -> str:
    """What may have been meant by something that finds nothing; empty when that would find nothing either."""
    known = Word.objects.filter(is_public=who is None, source__in=labels_of(who))

    def better(match: re.Match[str]) -> str:
        return _near(match[0], known) or match[0]

    meant = WORDS.sub(better, text)
    return meant if meant != text and finds(meant, who=who) else ""


def _near(word: str, known: QuerySet[Word]) -> str:
    """The known word with the fewest slips, else the shortest that holds it, as `Straßenlaterne` does `Laterne`."""
    plain = folded(word)
    likely = known.annotate(likeness=TrigramSimilarity("folded", plain)).order_by("-likeness", "word")
    if len(plain) <= _SHORT:
        reach = slips_allowed(plain)
        likely = likely.annotate(length=Length("folded"))
        likely = likely.filter(length__gte=len(plain) - reach, length__lte=len(plain) + reach)
        most = _LIKELY_SHORT
    else:
        likely = likely.filter(TrigramSimilar(F("folded"), Value(plain)))
        most = _LIKELY
    pairs = list(dict.fromkeys(likely.values_list("folded", "word")[:most]))
    near = [(slips(plain, other), number) for number, (other, _word) in enumerate(pairs)]
    if near and min(near)[0] <= slips_allowed(plain):
        return pairs[min(near)[1]][1]
    longer = known.filter(folded__contains=plain).annotate(length=Length("folded"))
    return longer.order_by("length", "word").values_list("word", flat=True).first() or ""
