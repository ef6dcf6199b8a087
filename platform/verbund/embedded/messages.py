# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Collects the texts of every package for translation and compiles them; Babel does it, gettext is not needed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
_LANGUAGE = "en"
_FILE = Path("locale") / _LANGUAGE / "LC_MESSAGES" / "django.po"
_HEADER = f"""\
msgid ""
msgstr ""
"Language: {_LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_SINGLE, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
_KEYWORDS = {
    "_": _SINGLE,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), _SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_PLURAL),
}
_TEMPLATES = frozenset({".html", ".txt"})
_LEFT_OUT = frozenset({"locale", "migrations", "static", "__pycache__"})
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_HOW = "usage: python -m verbund.embedded.messages extract | compile"


@dataclass(frozen=True)
class Package:
    """A folder with texts of its own, and the file that holds their translation."""

    folder: Path

    @property
    def po(self) -> Path:
        return self.folder / _FILE

    def sources(self) -> Iterator[Path]:
        """Everything that may hold a text, in a stable order."""
        for file in sorted(self.folder.rglob("*")):
            inside = file.relative_to(self.folder).parts
            if not _LEFT_OUT.isdisjoint(inside):
                continue
            if file.suffix == ".py" or (file.suffix in _TEMPLATES and "templates" in inside):
                yield file


def main(arguments: list[str]) -> int:
    """`extract` renews the .po files, `compile` the .mo files that are older than theirs."""
    if arguments == ["extract"]:
        changed = extract_all()
        missing = sum(1 for package in packages() for _message in untranslated(stored(package)))
        print(f"Texts collected: {len(changed)} files changed, {missing} texts to translate.")
    elif arguments == ["compile"]:
        changed = compile_all()
        print("Translations are compiled." if not changed else f"Translations compiled: {len(changed)}.")
    else:
        print(_HOW, file=sys.stderr)
        return 2
    return 0


def packages(root: Path = ROOT) -> list[Package]:
    """Every package and module; those without texts have no file."""
    platform = root / "platform" / "verbund"
    folders = [*platform.iterdir(), *(platform / "modules").iterdir(), root / "tenants", root / "billing"]
    return [
        Package(folder)
        for folder in sorted(folders)
        if (folder / "__init__.py").exists() and folder.name != "modules"
    ]


def extract_all(root: Path = ROOT) -> list[Path]:
    """Bring every .po file to the texts of its sources; answers which were written."""
    found = packages(root)
    known = _translations(found)
    changed = []
    for package in found:
        current = collect(package)
        text = _text(_merged(package, current, known)) if len(current) else None
        if _write(package.po, text):
            changed.append(package.po)
    return changed


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo files that are missing or older than their .po; answers which."""
    written = []
    for package in packages(root):
        target = package.po.with_suffix(".mo")
        if not package.po.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns < package.po.stat().st_mtime_ns:
            _compile(package, target)
            written.append(target)
    return written


def _compile(package: Package, target: Path) -> None:
    """Written aside and put in place at once: a server or another test run may be reading."""
    aside = target.with_suffix(f".{os.getpid()}.mo")
    with aside.open("wb") as file:
        write_mo(file, stored(package))
    aside.replace(target)


def collect(package: Package) -> Catalog:
    """The texts that stand in the sources now, without translations."""
    catalog = Catalog(locale=_LANGUAGE)
    for file in package.sources():
        place = (file.relative_to(package.folder).as_posix(), 0)
        for _line, text, comments, context in extract(
            "python", BytesIO(_python(file)), _KEYWORDS, ("Translators:",), {"encoding": "utf-8"}
        ):
            catalog.add(text, locations=[place], auto_comments=comments, context=context)
    return catalog


def stored(package: Package) -> Catalog:
    """What the .po file holds; empty where there is none."""
    if not package.po.exists():
        return Catalog(locale=_LANGUAGE)
    with package.po.open("rb") as file:
        return read_po(file, locale=_LANGUAGE)


def texts(catalog: Catalog) -> list[Message]:
    """The messages without the header."""
    return [message for message in catalog if message.id]


def untranslated(catalog: Catalog) -> list[Message]:
    """Messages where the translation, or one of its plural forms, is missing or only a guess."""
    return [message for message in texts(catalog) if message.fuzzy or not all(forms(message))]


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or each of its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _python(file: Path) -> bytes:
    """The source as Python; a template's lines lose their indentation, which would not be Python's."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = _INDENT.sub("", templatize(text, origin=str(file)))
    return text.encode()


Key = tuple[str | None, str | tuple[str, ...]]
_Text = str | tuple[str, ...] | list[str] | None


def key(message: Message) -> Key:
    """What makes a text one: its context and its words."""
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def _translations(found: list[Package]) -> dict[Key, _Text]:
    """What any package has already translated: one text reads the same everywhere."""
    return {
        key(message): message.string
        for package in found
        for message in texts(stored(package))
        if all(forms(message))
    }


def _merged(package: Package, current: Catalog, known: dict[Key, _Text]) -> Catalog:
    """The current texts with the translations that exist; what no source names any more is dropped."""
    kept = {key(message): message for message in texts(stored(package))}
    for message in texts(current):
        before = kept.get(key(message))
        if before is not None and all(forms(before)):
            message.string = before.string
            message.user_comments = before.user_comments
            message.flags |= before.flags & {"fuzzy"}
        elif key(message) in known:
            message.string = known[key(message)]
    return current


def _text(catalog: Catalog) -> str:
    """Sorted, without dates and line numbers, so that a change shows as nothing but itself."""
    with BytesIO() as content:
        write_po(content, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
        return _HEADER + content.getvalue().decode()


def _write(file: Path, text: str | None) -> bool:
    if text is None:
        existed = file.exists()
        file.unlink(missing_ok=True)
        return existed
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
