# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What mails say: the supplied text, or the municipality's own words, with placeholders in braces.

Placeholders and no template language: who writes a text can neither reach more than the kind of mail offers nor break it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db import transaction
from django.template import Context, Template, engines
from django.utils.translation import gettext as _

from verbund.audit import api as audit
from verbund.kernel import registry
from verbund.kernel.actors import Actor
from verbund.kernel.errors import Invalid, NotFound
from verbund.kernel.offers import MailKind
from verbund.notify.models import MailText

LONGEST_SUBJECT: Final = 150
LONGEST_BODY: Final = 5000
_SUBJECT: Final = "Subject:"
_MARK: Final = re.compile(r"\{([a-zäöüß_]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and sentences, with or without their placeholders."""

    subject: str
    body: str


@cache
def kinds() -> dict[str, MailKind]:
    """Every kind whose text may be changed, by its template's name."""
    return {kind.template: kind for spec in registry.all_specs() for kind in spec.mails}


def kind_of(template: str) -> MailKind:
    """The kind of that name.

    Raises:
        NotFound: there is no such kind, or its text is not to be changed.
    """
    try:
        return kinds()[template]
    except KeyError:
        raise NotFound(
            _("Diese E-Mail gibt es nicht. Die Liste zeigt alle, die Sie ändern können.")
        ) from None


def split(template: str, rendered: str) -> Words:
    """The parts of a text whose first line is `Subject: …`.

    Raises:
        ValueError: it is not.
    """
    first, _separator, rest = rendered.strip().partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"notify/{template}.txt: die erste Zeile muss „Subject: …“ sein.")
    return Words(" ".join(first.removeprefix(_SUBJECT).split()), rest.strip())


def plain(name: str, values: Mapping[str, Any]) -> str:
    """A template rendered without HTML's escapes: a mail's text shows what people wrote."""
    template = engines["django"].get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    return str(template.render(Context(dict(values), autoescape=False)))


def supplied(kind: MailKind) -> Words:
    """The text that counts while nobody has written another."""
    return split(kind.template, plain(f"notify/{kind.template}.txt", {}))


def own(kind: MailKind) -> MailText | None:
    """The entered scope's own text."""
    return MailText.objects.filter(kind=kind.template).first()


def current(kind: MailKind) -> Words:
    """The text that counts in the entered scope, with its placeholders."""
    row = own(kind)
    return Words(row.subject, row.body) if row else supplied(kind)


def values_of(kind: MailKind, given: Mapping[str, Any]) -> dict[str, str]:
    """What the placeholders stand for in one mail."""
    context = Context(dict(given), autoescape=False)
    return {each.name: str(_compiled(each.value).render(context)).strip() for each in kind.placeholders}


def examples_of(kind: MailKind) -> dict[str, str]:
    """What they stand for in a preview."""
    return {each.name: each.example for each in kind.placeholders}


def fill(words: Words, values: Mapping[str, str]) -> Words:
    """Put the values in. A line whose placeholders are all empty is left out, and what stands around the gap closes."""
    lines = [_put(line, values) for line in words.body.split("\n") if not _is_vain(line, values)]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Words(" ".join(_put(words.subject, values).split()), body)


@transaction.atomic
def write_text(*, template: str, subject: str, body: str, by: Actor, at: datetime) -> MailText:
    """Keep the municipality's own words for a kind of mail; they count for mails written from now on.

    Raises:
        Invalid: a part is empty or too long, or names a placeholder the kind does not have.
        NotFound: there is no such kind.
    """
    kind = kind_of(template)
    words = checked(kind, subject=subject, body=body)
    row, _created = MailText.objects.update_or_create(
        kind=template, defaults={"subject": words.subject, "body": words.body, "changed_at": at}
    )
    audit.record(
        action="notify.text.written",
        subject=f"notify.mail_text:{row.pk}",
        by=by,
        changes={"kind": template},
        at=at,
    )
    return row


@transaction.atomic
def use_supplied(*, template: str, by: Actor, at: datetime) -> None:
    """Go back to the supplied text; without an own one nothing happens."""
    kind = kind_of(template)
    row = MailText.objects.select_for_update().filter(kind=kind.template).first()
    if row is None:
        return
    audit.record(
        action="notify.text.removed",
        subject=f"notify.mail_text:{row.pk}",
        by=by,
        changes={"kind": template},
        at=at,
    )
    row.delete()


def checked(kind: MailKind, *, subject: str, body: str) -> Words:
    """The words as they may be kept, tidied.

    Raises:
        Invalid: a part is empty or too long, or names a placeholder the kind does not have.
    """
    words = Words(" ".join(subject.split()), body.replace("\r\n", "\n").strip())
    refused = {
        name: message
        for name, message in (
            ("subject", _fault(kind, words.subject, LONGEST_SUBJECT)),
            ("body", _fault(kind, words.body, LONGEST_BODY)),
        )
        if message
    }
    if refused:
        raise Invalid(next(iter(refused.values())), fields=refused)
    return words


def _fault(kind: MailKind, text: str, longest: int) -> str:
    if not text:
        return _("Bitte schreiben Sie etwas, oder nehmen Sie wieder den mitgelieferten Text.")
    if len(text) > longest:
        return _("Höchstens %(longest)s Zeichen; es sind %(length)s.") % {
            "longest": longest,
            "length": len(text),
        }
    known = [each.name for each in kind.placeholders]
    unknown = sorted({mark for mark in _MARK.findall(text) if mark not in known})
    if unknown:
        return _("Diesen Platzhalter gibt es hier nicht: %(unknown)s. Möglich sind: %(known)s.") % {
            "unknown": ", ".join(f"{{{name}}}" for name in unknown),
            "known": ", ".join(f"{{{name}}}" for name in known) or _("keine"),
        }
    return ""


def _put(line: str, values: Mapping[str, str]) -> str:
    return _MARK.sub(lambda found: values.get(found[1], found[0]), line)


def _is_vain(line: str, values: Mapping[str, str]) -> bool:
    marks = [mark for mark in _MARK.findall(line) if mark in values]
    return bool(marks) and not any(values[mark] for mark in marks)


@cache
def _compiled(value: str) -> Template:
    return Template("{% load verbund %}" + value)
