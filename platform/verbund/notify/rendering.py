# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a mail of its words: subject and sentences; the frame around them is always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from verbund.kernel.language import official_language
from verbund.kernel.offers import MailKind
from verbund.notify import texts
from verbund.notify.sender import absolute_url, sender, short_name
from verbund.notify.texts import Words
from verbund.web.context import site
from verbund.web.mail import with_styles


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three parts, and where the reader ends such mails."""

    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""


def render(template: str, values: Mapping[str, Any], *, unsubscribe_url: str = "") -> Rendered:
    """A mail in the official language: the municipality's own words where it has written some, in the common frame.

    `notify/<template>.txt` holds `Subject: …` and the sentences alone; where the package names the template among its `mails`,
    with placeholders in braces, else as a template of its own. Values the frame knows: `action_url` with `action_label`
    (a button), `reason` (why the reader gets this mail).

    Raises:
        ValueError: the template's first line is no subject.
    """
    # Not in the language of whoever caused it: the reader is somebody else.
    with official_language():
        known = {**_known(values), "unsubscribe_url": unsubscribe_url}
        kind = texts.kinds().get(template)
        if kind is None:
            words = texts.split(template, texts.plain(f"notify/{template}.txt", known))
        else:
            words = texts.fill(texts.current(kind), texts.values_of(kind, known))
        return _framed(words, known)


def preview(kind: MailKind, words: Words) -> Rendered:
    """How a text would arrive, with the kind's examples."""
    with official_language():
        button = (
            {"action_url": absolute_url("/"), "action_label": kind.action_label} if kind.action_label else {}
        )
        return _framed(texts.fill(words, texts.examples_of(kind)), _known(button))


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**site(), "site_address": sender().imprint, **values}


def _framed(words: Words, known: Mapping[str, Any]) -> Rendered:
    prefix = f"[{short_name()}] "
    subject = words.subject if words.subject.startswith(prefix) else prefix + words.subject
    framed = {**known, "subject": subject, "body": words.body}
    return Rendered(
        subject=subject,
        text=texts.plain("notify/frame.txt", framed).strip() + "\n",
        html=with_styles(render_to_string("notify/frame.html", framed)),
        unsubscribe_url=str(known.get("unsubscribe_url", "")),
    )
