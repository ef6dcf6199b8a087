# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a mail of a template: subject in the first line, then sentences; the frame around them is always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context, TemplateDoesNotExist, engines
from django.template.loader import render_to_string

from verbund.kernel.language import official_language
from verbund.notify.sender import sender, short_name
from verbund.web.context import site
from verbund.web.mail import with_styles

_SUBJECT = "Subject:"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three parts."""

    subject: str
    text: str
    html: str


def render(template: str, values: Mapping[str, Any]) -> Rendered:
    """Render `notify/<template>.txt`, and `notify/<template>.html` where there is one, in the official language.

    The text file holds `Subject: …` and the sentences alone. Values the frame knows: `action_url` with
    `action_label` (a button), `reason` (why the reader gets this mail), `unsubscribe_url`.

    Raises:
        ValueError: the template's first line is no subject.
    """
    # Not in the language of whoever caused it: the reader is somebody else.
    with official_language():
        known = {**site(), "site_address": sender().imprint, **values}
        subject, body = _parts(template, _plain(f"notify/{template}.txt", known))
        framed = {**known, "subject": subject, "body": body}
        return Rendered(
            subject=subject,
            text=_plain("notify/frame.txt", framed).strip() + "\n",
            html=with_styles(_html(template, framed)),
        )


def _parts(template: str, rendered: str) -> tuple[str, str]:
    first, _separator, rest = rendered.strip().partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"notify/{template}.txt: die erste Zeile muss „Subject: …“ sein.")
    subject = " ".join(first.removeprefix(_SUBJECT).split())
    prefix = f"[{short_name()}] "
    return subject if subject.startswith(prefix) else prefix + subject, rest.strip()


def _plain(name: str, values: Mapping[str, Any]) -> str:
    """Rendered without HTML's escapes: a mail's text shows what people wrote."""
    template = engines["django"].get_template(name).template  # type: ignore[attr-defined]  # Django's own engine
    return str(template.render(Context(dict(values), autoescape=False)))


def _html(template: str, values: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"notify/{template}.html", dict(values))
    except TemplateDoesNotExist:
        return render_to_string("notify/frame.html", dict(values))
