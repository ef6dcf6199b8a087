# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mails in a municipality's own words: what is put in, what falls away, what is refused, and whose words count."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from verbund.audit.models import AuditEntry
from verbund.kernel import clock, context
from verbund.kernel.actors import SYSTEM
from verbund.kernel.errors import Invalid, NotFound
from verbund.notify import texts
from verbund.notify.api import SAMPLE, queue_mail, queue_sample
from verbund.notify.models import MailText, Outbox
from verbund.notify.rendering import preview
from verbund.notify.texts import Words

KIND = "cases/status_link"
_MARK = re.compile(r"\{[^}]*\}")


def queue() -> Outbox:
    with transaction.atomic():
        key = queue_mail(
            to="a@b.example", template=KIND, context={"expires_at": clock.now()}, by=SYSTEM, at=clock.now()
        )
    return Outbox.objects.get(pk=key)


def write(**changed) -> MailText:
    values = {"template": KIND, "subject": "Ihr Link", "body": "Hallo, bis {frist}.", **changed}
    return texts.write_text(**values, by=SYSTEM, at=clock.now())


def test_own_words_count_from_now_on_and_can_be_given_up(in_heideblick):
    before = queue()
    write()
    own = queue()
    texts.use_supplied(template=KIND, by=SYSTEM, at=clock.now())
    after = queue()

    assert own.subject == "[Heideblick] Ihr Link"
    assert own.text.startswith(f"Hallo, bis {clock.today():%d.%m.%Y}.")
    assert "Hallo" in own.html
    assert before.text == after.text != own.text
    written, removed = AuditEntry.objects.filter(action__startswith="notify.text.").order_by("id")
    assert (written.action, removed.action) == ("notify.text.written", "notify.text.removed")


def test_words_of_one_municipality_are_not_those_of_another(heideblick, luckau):
    with context.enter(heideblick):
        write()
    with context.enter(luckau):
        assert not queue().text.startswith("Hallo")


@pytest.mark.parametrize("template", sorted(texts.kinds()))
def test_every_supplied_text_can_be_kept_as_it_is_and_leaves_no_brace(in_heideblick, template):
    kind = texts.kind_of(template)
    words = texts.supplied(kind)

    assert texts.checked(kind, subject=words.subject, body=words.body) == words
    shown = preview(kind, words)
    assert not _MARK.search(shown.subject + shown.text + shown.html)
    assert all(each.example in shown.subject + shown.text for each in kind.placeholders)


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"body": "Guten Tag {name}"}, "body", "{frist}"),
        ({"subject": "Für {name}"}, "subject", "{name}"),
        ({"body": " "}, "body", "mitgelieferten"),
        ({"subject": "x" * 151}, "subject", "150"),
        ({"body": "x" * 5001}, "body", "5001"),
    ],
)
def test_a_text_that_does_not_hold_names_the_field_and_changes_nothing(in_heideblick, changed, field, told):
    with pytest.raises(Invalid) as refused:
        write(**changed)

    assert told in refused.value.fields[field]
    assert MailText.objects.count() == 0


def test_mails_of_accounts_keep_their_words(in_heideblick):
    with pytest.raises(NotFound):
        write(template="accounts_invitation")


def test_what_somebody_wrote_is_no_placeholder_and_no_template(in_heideblick):
    values = {"frist": "{nummer} {% load x %} {{ secret }}", "nummer": "M-1"}

    filled = texts.fill(Words("Bis {frist}", "{frist}"), values)

    assert filled.body == values["frist"]
    assert filled.subject == f"Bis {values['frist']}"


def test_a_line_with_nothing_to_say_falls_away():
    words = Words("x", "Guten Tag,\n\nam: {termin}\n\n{ort}, {stelle}\nTschüss")

    assert (
        texts.fill(words, {"termin": "", "ort": "Hier", "stelle": ""}).body == "Guten Tag,\n\nHier, \nTschüss"
    )


@given(text=st.text(max_size=200), value=st.text(max_size=50))
def test_filling_never_breaks_the_subject_into_lines(text, value):
    assert "\n" not in texts.fill(Words(f"{text}{{ort}}", text), {"ort": value}).subject


def test_a_sample_goes_to_its_author_and_keeps_nothing(in_heideblick):
    key = queue_sample(
        to="chefin@b.example", template=KIND, subject="Neu", body="Bis {frist}!", by=SYSTEM, at=clock.now()
    )

    row = Outbox.objects.get(pk=key)
    assert (row.recipient, row.reference) == ("chefin@b.example", SAMPLE)
    assert row.text.startswith("Bis 28.12.2026!")
    assert MailText.objects.count() == 0
