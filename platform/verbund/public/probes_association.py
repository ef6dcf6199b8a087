# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The association's own texts as its operators and everybody use them.

Nothing is published and nobody is written to: an installation shows these pages to real people. So changes are tried
up to what the form or the service refuses.
"""

from __future__ import annotations

from verbund.kernel.probes import Ask, Probe, Stage
from verbund.public import pages
from verbund.public.addresses import public_path, staff_path
from verbund.public.kinds import PageKind

_OPERATOR = "operator"
_INVALID, _MISSING = 422, 404


def _read(kind: PageKind) -> Probe:
    def probe(_stage: Stage) -> Ask:
        published = pages.state_of(kind).published
        is_shown = published is not None and bool(published.body)
        return Ask(path=public_path(kind.value), status=200 if is_shown else _MISSING)

    return probe


def _open(name: str) -> Probe:
    return lambda _stage: Ask(path=public_path(name))


def _look(name: str, *, status: int = 0, **arguments: object) -> Probe:
    return lambda _stage: Ask(path=staff_path(name, **arguments), role=_OPERATOR, status=status)


def _change(name: str, data: dict[str, str], *, status: int = _INVALID, **arguments: object) -> Probe:
    return lambda _stage: Ask(
        path=staff_path(name, **arguments), role=_OPERATOR, data=data, status=status, writes=False
    )


def _report_barrier(_stage: Stage) -> Ask:
    return Ask(path=public_path("barrier-feedback"), data={"message": ""}, status=_INVALID, writes=False)


_AREA = "public-association"
PROBES: dict[str, Probe] = {
    **{f"GET {_AREA}:{kind.value}": _read(kind) for kind in PageKind},
    f"GET {_AREA}:barrier-feedback": _open("barrier-feedback"),
    f"POST {_AREA}:barrier-feedback": _report_barrier,
    f"GET {_AREA}:barrier-feedback-sent": _open("barrier-feedback-sent"),
    f"GET {_AREA}:pages": _look("pages"),
    f"GET {_AREA}:contact": _look("contact"),
    f"POST {_AREA}:contact": _change("contact", {"email": "kaputt"}),
    f"GET {_AREA}:page": _look("page", kind=PageKind.KONTAKT),
    f"POST {_AREA}:page": _change(
        "page", {"body": "{quatsch}", "aktion": "speichern"}, kind=PageKind.KONTAKT
    ),
    f"POST {_AREA}:confirm": _change("confirm", {"fassung": "0"}, status=_MISSING, kind=PageKind.KONTAKT),
    f"GET {_AREA}:version": _look("version", status=_MISSING, kind=PageKind.KONTAKT, number=0),
    f"GET {_AREA}:feedback": _look("feedback", status=_MISSING, feedback_id=0),
    f"POST {_AREA}:feedback-close": _change("feedback-close", {}, status=_MISSING, feedback_id=0),
}
