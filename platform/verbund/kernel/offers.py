# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a package offers to the platform's services: kinds of cases, mails and messages, what is found, linked, told.

Pure data as in `verbund.kernel.specs`, which names where each is given.
"""

from __future__ import annotations

from dataclasses import dataclass

from verbund.kernel.texts import LazyText


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """A kind of case the staff inbox lists.

    ``prefix`` begins its numbers. ``path`` (dotted): callable(reference) -> address of its page for staff;
    ``state_label`` (dotted): callable(state) -> what people read. ``status`` (dotted): callable(references) ->
    dict of kernel.ports.CaseStatus, what their sender sees; without it the status page shows number and state.
    ``reply`` (dotted): callable(reference, text, at) takes the sender's answer to a question of the office.
    """

    slug: str
    label: LazyText
    prefix: str
    path: str
    state_label: str
    read_permission: str
    assign_permission: str
    status: str = ""
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkableKind:
    """A kind of object that can be linked with others.

    ``find`` (dotted): callable(text somebody typed) -> its key, or empty when that is no number of this kind.
    ``describe`` (dotted): callable(keys, Actor) -> dict of kernel.ports.LinkEnd, with those alone that the person may see.
    """

    slug: str
    label: LazyText
    find: str
    describe: str


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """What people can search for.

    ``documents`` (dotted): callable(keys, or None for all) -> iterable of kernel.ports.SearchDocument. ``permission``: who
    of the office may find its documents.
    """

    slug: str
    label: LazyText
    documents: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class MessageKind:
    """A kind of message to other municipalities, which must offer it too.

    ``receive`` (dotted): callable(kernel.ports.IncomingMessage), within the transaction that notes it as taken; an
    answer is a message of its own. ``undeliverable`` (dotted): callable(kernel.ports.UndeliveredMessage), told once.
    """

    slug: str
    label: LazyText
    receive: str
    undeliverable: str = ""


@dataclass(frozen=True, kw_only=True)
class SubscriptionTopic:
    """What people can have news about by mail, without an account.

    ``news`` (dotted): callable(keys) -> iterable of kernel.ports.News, only what everybody may read at this moment.
    """

    slug: str
    label: LazyText
    news: str


@dataclass(frozen=True, kw_only=True)
class MailPlaceholder:
    """A word in braces in a mail's text, `{ort}`.

    ``value`` is a template over what the caller of `queue_mail` gives (`{{ report.address }}`); ``example`` stands in previews.
    """

    name: str
    label: LazyText
    value: str
    example: str


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """A mail whose text a municipality may write in its own words.

    ``template`` is the name `queue_mail` is called with; `notify/<template>.txt` holds the text that counts until then.
    ``action_label`` is what the button below the text says.
    """

    template: str
    label: LazyText
    placeholders: tuple[MailPlaceholder, ...] = ()
    action_label: str = ""


# Who keeps a promise of `retention` where no task has to: somebody changes or removes it by hand; it goes together
# with what it belongs to.
