# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns plain structured text into HTML: headings, paragraphs, lists, links, emphasis. Everything else is text.

The author writes no HTML, so nothing has to be filtered: each piece is escaped when it is put in.

    ## Heading            - item of a list          [text](https://…)
    ### Heading below     1. item of a numbered list   **important**

An empty line ends a paragraph; a line break inside one stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_BULLET = re.compile(r"[-*]\s+(.+)")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+(.+)")
_INLINE = re.compile(
    # Each beginning is looked at once: a text made to be slow would hold up whoever reads the page.
    r"\[(?P<text>[^\[\]\n]{1,500})\]\((?P<url>[^)\s]{1,2000})\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<bare>https?://[^\s<>()]*[^\s<>().,;:!?])"
)
_ALLOWED_URL = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\])|#)[^\s]*", re.IGNORECASE)


def render(text: str) -> SafeString:
    """The text as HTML; headings start at h2, because the page has its title."""
    return mark_safe("".join(_blocks(text)))  # noqa: S308 (each block was escaped when it was made)


def plain(text: str) -> str:
    """The text without its marks, for previews of one line."""
    without = _INLINE.sub(lambda found: found["text"] or found["strong"] or found[0], text)
    return " ".join(re.sub(r"(?m)^(?:#{1,4}|[-*]|\d{1,3}[.)])\s+", "", without).split())


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        yield from _parts([line.strip() for line in block.split("\n") if line.strip()])


def _parts(lines: list[str]) -> Iterator[str]:
    """A block may mix a heading, a paragraph and a list without empty lines between them."""
    while lines:
        if heading := _HEADING.fullmatch(lines[0]):
            level = max(2, len(heading[1]))
            yield format_html("<h{0}>{1}</h{0}>", level, _inline(heading[2]))
            lines = lines[1:]
            continue
        pattern, tag = next(
            (
                (pattern, tag)
                for pattern, tag in ((_BULLET, "ul"), (_NUMBERED, "ol"))
                if pattern.fullmatch(lines[0])
            ),
            (None, "p"),
        )
        taken = _run(lines, pattern)
        yield _list(taken, pattern, tag) if pattern else _paragraph(taken)
        lines = lines[len(taken) :]


def _run(lines: list[str], pattern: re.Pattern[str] | None) -> list[str]:
    """The first lines that belong together: those of one list, or those of no list and no heading."""
    taken: list[str] = []
    for line in lines:
        fits = (
            pattern.fullmatch(line)
            if pattern
            else not any(p.fullmatch(line) for p in (_HEADING, _BULLET, _NUMBERED))
        )
        if not fits:
            break
        taken.append(line)
    return taken


def _list(lines: list[str], pattern: re.Pattern[str], tag: str) -> SafeString:
    items = [(_inline(found[1]),) for line in lines if (found := pattern.fullmatch(line))]
    return format_html("<{0}>{1}</{0}>", mark_safe(tag), format_html_join("", "<li>{}</li>", items))  # noqa: S308 (ul or ol)


def _paragraph(lines: list[str]) -> SafeString:
    return format_html(
        "<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((_inline(line),) for line in lines))
    )


def _inline(line: str) -> SafeString:
    pieces: list[tuple[str]] = []
    end = 0
    for found in _INLINE.finditer(line):
        pieces.append((line[end : found.start()],))
        pieces.append((_marked(found),))
        end = found.end()
    pieces.append((line[end:],))
    return format_html_join("", "{}", pieces)


def _marked(found: re.Match[str]) -> str:
    if found["strong"]:
        return format_html("<strong>{}</strong>", found["strong"])
    if found["mail"]:
        return format_html('<a href="mailto:{0}">{0}</a>', found["mail"])
    if found["bare"]:
        return format_html('<a href="{0}">{0}</a>', found["bare"])
    if _ALLOWED_URL.fullmatch(found["url"]):
        return format_html('<a href="{}">{}</a>', found["url"], found["text"])
    return found["text"]
