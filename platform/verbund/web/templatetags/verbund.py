# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""`{% load verbund %}`: the components of the design system and German formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from verbund.documents.listings.forms import Form
from verbund.web import texts
from verbund.web.charts import SPREAD_WIDTH, Chart, Spread
from verbund.web.exports import FORM_FIELD
from verbund.web.icons import ICONS
from verbund.web.languages import is_foreign
from verbund.web.pagination import GAP, page_numbers

register = template.Library()

_BADGE_KINDS = frozenset({"info", "success", "warning", "danger", "neutral"})
_LIGHT_COLORS = frozenset({"red", "yellow", "green", "yellow-green"})
_MESSAGE_KINDS = {
    "debug": "info",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "danger",
}


def _known(name: str, names: Iterable[str], what: str) -> str:
    if name not in names:
        raise template.TemplateSyntaxError(f"{what} {name!r} is none of {', '.join(sorted(names))}")
    return name


# ---------------------------------------------------------------- formats


@register.filter
def moment(value: datetime | None) -> str:
    """`22.11.2026, 09:05 Uhr`."""
    return texts.moment_text(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """`22.11.2026`."""
    return texts.day_text(value) if value else ""


@register.filter
def long_day(value: date | None) -> str:
    """`Sonntag, 22. November 2026`."""
    return texts.long_day_text(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """`09:05 Uhr`."""
    return texts.clock_text(value) if value else ""


@register.filter
def number(value: Decimal | float | str | None, digits: int = 0) -> str:
    """`1.234,50` with `|number:2`; empty for what is no number."""
    try:
        return texts.number_text(Decimal(str(value)), digits)
    except InvalidOperation:
        return ""


@register.filter
def euro(cents: int | None) -> str:
    """`1.234,50 €` for 123450 cents."""
    return "" if cents is None else texts.euro_text(cents)


@register.filter
def message_kind(message: Message) -> str:
    """KERN's kind of alert for a message of Django."""
    return _MESSAGE_KINDS.get(message.level_tag, "info")


# ---------------------------------------------------------------- small pieces


@register.simple_tag
def icon(name: str, label: str = "", size: str = "default") -> SafeString:
    """An icon KERN ships; with a label it is read out, without it is decoration."""
    _known(name, ICONS, "icon")
    classes = f"kern-icon kern-icon--{name}" + (f" kern-icon--{size}" if size != "default" else "")
    hidden = format_html('<span class="{}" aria-hidden="true"></span>', classes)
    return format_html('{}<span class="kern-sr-only">{}</span>', hidden, label) if label else hidden


@register.simple_tag
def button(
    label: str, *, kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> SafeString:
    """A submit button; with ``name`` and ``value`` one of several."""
    chosen = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="kern-btn kern-btn--{}" type="submit"{}>{}</button>', kind, chosen, _face(label, icon)
    )


@register.simple_tag
def link_button(label: str, url: str, *, kind: str = "secondary", icon: str = "") -> SafeString:
    """A link that looks like a button: for going somewhere, never for changing something."""
    return format_html('<a class="kern-btn kern-btn--{}" href="{}">{}</a>', kind, url, _face(label, icon))


def _face(label: str, name: str) -> SafeString:
    text = format_html('<span class="kern-label">{}</span>', label)
    if not name:
        return text
    _known(name, ICONS, "icon")
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>{}', name, text)


@register.inclusion_tag("web/components/downloads.html")
def downloads(url: str, query: str = "") -> dict[str, Any]:
    """Links to a listing in each of its forms; ``query`` is what the address asks for besides."""
    asked = f"{query}&" if query else ""
    return {
        "items": [
            {"label": label, "url": f"{url}?{asked}{FORM_FIELD}={form.value}"}
            for form, label in (
                (Form.CSV, "CSV"),
                (Form.XLSX, "Excel"),
                (Form.PDF, "PDF"),
                (Form.JSON, "JSON"),
            )
        ]
    }


@register.inclusion_tag("web/components/badge.html")
def badge(text: str, kind: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A state in words on a coloured ground: info, success, warning, danger, neutral."""
    return {"text": text, "kind": _known(kind, _BADGE_KINDS, "kind"), "icon": icon}


@register.inclusion_tag("web/components/light.html")
def light(color: str, text: str) -> dict[str, Any]:
    """The traffic light residents know: position of the lit lamp, colour and text say the same."""
    names = {"red": _("rot"), "yellow": _("gelb"), "green": _("grün"), "yellow-green": _("gelb-grün")}
    return {"color": _known(color, _LIGHT_COLORS, "colour"), "color_name": names[color], "text": text}


# ---------------------------------------------------------------- blocks


@register.simple_block_tag(end_name="endalert")
def alert(content: str, title: str, *, kind: str = "info", role: str = "") -> SafeString:
    """A box with a title and, between the tags, more; role="alert" only for what just went wrong."""
    context = {"content": content.strip() and content, "title": title, "kind": kind, "role": role}
    return render_to_string("web/components/alert.html", context)


@register.simple_block_tag(end_name="endtable")
def table(
    content: str,
    caption: str,
    *,
    cards: bool = True,
    small: bool = False,
    striped: bool = False,
    hide_caption: bool = False,
    id: str = "",  # noqa: A002 -- named like the attribute it becomes
) -> SafeString:
    """A table in a scroll region; on phones rows become cards when every cell carries data-label."""
    return render_to_string(
        "web/components/table.html",
        {
            "content": content,
            "caption": caption,
            "cards": cards,
            "small": small,
            "striped": striped,
            "hide_caption": hide_caption,
            "id": id or f"tabelle-{slugify(caption) or 'ohne-titel'}",
        },
    )


@register.simple_block_tag(end_name="endaccordion")
def accordion(content: str, title: str, *, is_open: bool = False) -> SafeString:
    """Something that can be unfolded, without JavaScript."""
    return render_to_string(
        "web/components/accordion.html", {"content": content, "title": title, "is_open": is_open}
    )


# ---------------------------------------------------------------- larger pieces


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Entries with title and optionally at, actor, text, state (done, current, open), is_internal, files."""
    return {"entries": entries}


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(
    title: str, text: str = "", *, url: str = "", action: str = "", icon: str = "checklist"
) -> dict[str, Any]:
    """Instead of an empty list: what is not there and what one can do."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": _known(icon, ICONS, "icon")}


@register.inclusion_tag("web/components/pagination.html")
def pagination(page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list; the rest of the address stays as it is."""
    return {"page": page, "numbers": page_numbers(page), "gap": GAP}


@register.inclusion_tag("web/components/breadcrumb.html")
def breadcrumb(items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to this page: (label, url) pairs, the last one without a url."""
    return {"items": items}


@register.inclusion_tag("web/components/summary_list.html")
def summary_list(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Pairs (label, value), with a link to change it as (label, value, url, "Ändern")."""
    return {"rows": rows}


@register.inclusion_tag("web/components/task_list.html")
def task_list(steps: Iterable[Any]) -> dict[str, Any]:
    """Steps with label, state (waiting, running, done, skipped, warning, failed), detail, url, seconds."""
    return {"steps": steps}


@register.inclusion_tag("web/components/badge.html")
def step_state(state: str) -> dict[str, Any]:
    """The state of a step in words."""
    words = {
        "waiting": (_("wartet"), "neutral", ""),
        "running": (_("läuft"), "info", "autorenew"),
        "done": (_("erledigt"), "success", "success"),
        "skipped": (_("nicht nötig"), "neutral", ""),
        "warning": (_("mit Hinweis"), "warning", "warning"),
        "failed": (_("fehlgeschlagen"), "danger", "danger"),
    }
    text, kind, name = words[_known(state, words, "state")]
    return {"text": text, "kind": kind, "icon": name}


@register.inclusion_tag("web/components/progress.html")
def progress(value: int, most: int, label: str, *, id: str = "fortschritt") -> dict[str, Any]:  # noqa: A002 -- the attribute's name
    """A bar with its figures in words."""
    return {"value": value, "most": most, "label": label, "id": id}


@register.inclusion_tag("web/components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Views of the same thing, each with its own address: items with label, url, is_current, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("web/components/filter_bar.html")
def filter_bar(form: forms.Form, *, label: str = "", submit: str = "", reset_url: str = "") -> dict[str, Any]:
    """A form over a list whose values stand in the address."""
    label, submit = label or _("Liste filtern"), submit or _("Anwenden")
    return {"form": form, "label": label, "submit": submit, "reset_url": reset_url}


@register.inclusion_tag("web/components/file_list.html")
def file_list(files: Iterable[Any]) -> dict[str, Any]:
    """Files with name, url and optionally kind ("PDF"), size (bytes), icon."""
    return {"files": files}


@register.inclusion_tag("web/components/tiles.html")
def tiles(items: Iterable[Any], level: int = 2) -> dict[str, Any]:
    """Entrances to services: label, url, description, and optionally figure with unit."""
    return {"tiles": items, "level": level}


@register.inclusion_tag("web/components/bars.html")
def bars(chart: Chart, title: str, caption: str, id: str = "balken") -> dict[str, Any]:  # noqa: A002 -- as the attribute
    """A drawing of `web.charts`; ``title`` says it in words, and the page shows the same figures beside it as a table."""
    return {"chart": chart, "title": title, "caption": caption, "id": id}


@register.inclusion_tag("web/components/chart.html")
def chart(
    chart: Chart,
    title: str,
    caption: str,
    *,
    id: str = "diagramm",  # noqa: A002 -- as the attribute
    is_open: bool = False,
) -> dict[str, Any]:
    """A drawing of `web.charts` with its legend and its table, which is folded unless ``is_open``."""
    return {"chart": chart, "title": title, "caption": caption, "id": id, "is_open": is_open}


@register.inclusion_tag("web/components/spread_bar.html")
def spread_bar(spread: Spread) -> dict[str, Any]:
    """One bar of `web.charts.spread_of` inside a cell; the cell beside it says the figure."""
    return {"spread": spread, "width": SPREAD_WIDTH}


@register.inclusion_tag("web/components/figures.html")
def figures(items: Iterable[Any]) -> dict[str, Any]:
    """Key figures: label, value (already formatted), and optionally unit and note."""
    return {"figures": items}


@register.inclusion_tag("web/components/form_block.html", takes_context=True)
def form_block(
    context: Context,
    form: forms.BaseForm,
    *,
    submit: str,
    kind: str = "primary",
    action: str = "",
    cancel_url: str = "",
    cancel: str = "",
    wide: bool = False,
    guard: bool = False,
) -> dict[str, Any]:
    """A whole form with token, error summary, fields and buttons; ``guard`` asks before changes are lost."""
    return {
        "csrf_token": context.get("csrf_token"),
        "form": form,
        "submit": submit,
        "kind": kind,
        "action": action,
        "cancel_url": cancel_url,
        "cancel": cancel or _("Abbrechen"),
        "wide": wide,
        "guard": guard,
    }


@register.inclusion_tag("web/forms/summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, with links to the fields; `{{ form }}` already brings it along."""
    return {"form": form}


@register.inclusion_tag("web/components/map.html")
def map_view(
    name: str,
    *,
    bounds: str,
    points: str = "",
    mode: str = "show",
    latitude: str = "",
    longitude: str = "",
    tiles: str = "/kacheln/{z}/{x}/{y}.png",
    attribution: str = "",
    id: str = "karte",  # noqa: A002 -- named like the attribute it becomes
) -> dict[str, Any]:
    """A map; the same entries always stand beside it as a list.

    ``bounds`` is "south,west,north,east" in WGS 84; ``points`` the address of a GeoJSON FeatureCollection whose
    features carry title, url, state (in words), kind (a colour of the light) and row (id of an element of the list). In mode "pick" ``latitude`` and ``longitude`` are ids of two inputs.
    """
    return {
        "name": name,
        "bounds": bounds,
        "points": points,
        "mode": _known(mode, ("show", "pick"), "mode"),
        "latitude": latitude,
        "longitude": longitude,
        "tiles": tiles,
        "attribution": attribution,
        "id": id,
    }


@register.filter
def german(text: object) -> object:
    """What the administration has written, marked as German where the page speaks another language (WCAG 3.1.2)."""
    return format_html('<span lang="de">{}</span>', text) if text and is_foreign() else text


@register.simple_tag
def german_lang() -> str:
    """The attribute for an element that holds such a text and no other element, such as `title`."""
    return SafeString(' lang="de"') if is_foreign() else ""
