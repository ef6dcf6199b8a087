# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guards, how each is taken out, and which trials are asked first. A patch that no longer applies fails."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """``trials``: names of verbund.proof.trials to ask first; ``only``: a part of the routes to walk."""

    guard: str
    file: str
    old: str
    new: str
    trials: str
    only: str = ""


MUTATIONS = (
    Mutation(
        guard="role: the application's login inherits nothing",
        file="tenants/schema_engine/roles.py",
        old='        if for_application:\n            cursor.execute(_render("GRANT {} TO {} WITH INHERIT FALSE',
        new='        if for_application:\n            cursor.execute(_render("GRANT {} TO {} WITH INHERIT TRUE',
        trials="statements",
    ),
    Mutation(
        guard="path: nothing but one's own schema and the extensions",
        file="tenants/database/targets.py",
        old='    path = f"{key}, {EXTENSIONS}"\n    return Target(key, key',
        new='    path = f"{key}, public, {EXTENSIONS}"\n    return Target(key, key',
        trials="storm",
    ),
    Mutation(
        guard="no context: nothing runs",
        file="tenants/database/targets.py",
        old='        raise NoTenant("Keine Kommune gewählt: ohne Auftrag keine Daten.")',
        new='        return scope_target("association")',
        trials="storm",
    ),
    Mutation(
        guard="switch: every statement looks at the path the server reports",
        file="tenants/database/base.py",
        old='        if connection.pgconn.parameter_status(b"search_path") != target.reported_path:\n            self._switch(connection, target)',
        new='        if getattr(self, "_went", None) != target.schema:\n            self._switch(connection, target)\n            self._went = target.schema',
        trials="storm",
    ),
    Mutation(
        guard="switch: the short way looks at the path the server reports",
        file="tenants/database/base.py",
        old='            and connection.pgconn.parameter_status(b"search_path") == path\n',
        new="",
        trials="storm",
    ),
    Mutation(
        guard="switch: the short way is for what was entered before",
        file="tenants/database/base.py",
        old="            and current_or_none() is scope\n",
        # Only with the application's login: with the owner's no municipality could be made to try it with.
        new='            and (current_or_none() is scope or __import__("os").environ.get("VERBUND_ROLE") == "web")\n',
        trials="storm",
    ),
    Mutation(
        guard="copy: COPY goes where the scope is too",
        file="tenants/database/base.py",
        old="        self.db.ensure_scope(self.cursor)\n        return self.cursor.copy(",
        new="        return self.cursor.copy(",
        trials="storm",
    ),
    Mutation(
        guard="routing: an unknown host is nobody's",
        file="tenants/directory.py",
        old="        tenant = _active().filter(domains__domain=host).first()",
        new="        tenant = _active().filter(domains__domain=host).first() or _active().last()",
        trials="hosts",
    ),
    Mutation(
        guard="routing: what is suspended does not serve",
        file="tenants/directory.py",
        old="    return _in_states((State.ACTIVE,))",
        new="    return _in_states((State.ACTIVE, State.SUSPENDED))",
        trials="suspended",
    ),
    Mutation(
        guard="session: its payload names its scope",
        file="platform/verbund/accounts/sessions.py",
        old="if row is None or payload.get(SCOPE) != context.current().key:",
        new="if row is None:",
        trials="copies",
    ),
    Mutation(
        guard="session: the hash of the sign-in is bound to the schema",
        file="platform/verbund/accounts/models.py",
        old='value = f"{context.current().key}:{self.pk}:{self.password}"',
        new='value = f"{self.pk}:{self.password}"',
        trials="copies",
    ),
    Mutation(
        guard="token: its text names its scope",
        file="platform/verbund/accounts/services/tokens.py",
        old="    if not text.startswith(_mark()):\n        raise TokenRefused\n",
        new="",
        trials="copies",
    ),
    Mutation(
        guard="sign-in: pages of the office are for those who are signed in",
        file="platform/verbund/accounts/access.py",
        old="            if refusal is not None:\n                return refusal\n            if permission",
        new="            if permission",
        trials="walk",
        only="announcements-staff",
    ),
    Mutation(
        guard="task header: without one nothing runs",
        file="platform/verbund/jobs/tasks.py",
        old='            raise Reject("Auftrag ohne Kommune", requeue=False)\n        return mark',
        new='            return "association"\n        return mark',
        trials="tasks",
    ),
    Mutation(
        guard="task header: what is the association's runs for nobody else",
        file="platform/verbund/jobs/tasks.py",
        old="        if mark != Association().key:",
        new="        if not mark:",
        trials="tasks",
    ),
    Mutation(
        guard="task header: a task runs only in its own states",
        file="platform/verbund/jobs/tasks.py",
        old="        municipality = municipality_by_key(mark, self.states)",
        new='        municipality = municipality_by_key(mark, {*self.states, "SUSPENDED", "ARCHIVED"})',
        trials="suspended",
    ),
    Mutation(
        guard="archive: a municipality fetches its own and no other",
        file="tenants/archive/orders.py",
        old="ArchiveOrder.objects.select_for_update().filter(pk=order_id, tenant_id=number).first()",
        new="ArchiveOrder.objects.select_for_update().filter(pk=order_id).first()",
        trials="walk",
        only="archive-download",
    ),
    Mutation(
        guard="module gate: a module that is off does not exist",
        file="tenants/middleware.py",
        old="                raise Http404",
        new="                return",
        trials="modules",
    ),
    Mutation(
        guard="cache key: names its scope",
        file="tenants/cache_keys.py",
        old='    return f"{context.current().key}:{key_prefix}:{version}:{key}"',
        new='    return f"{key_prefix}:{version}:{key}"',
        trials="searches",
    ),
    Mutation(
        guard="file path: one folder for each municipality",
        file="platform/verbund/files/storage.py",
        old="    return Path(settings.MEDIA_ROOT) / key",
        new='    return Path(settings.MEDIA_ROOT) / "alle"',
        trials="walk,searches",
        only="defects:draft-photo",
    ),
    Mutation(
        guard="mail outbox: links lead to one's own host",
        file="platform/verbund/notify/sender.py",
        old="    if isinstance(scope, Municipality) and scope.hosts:\n        return scope.hosts[0]\n",
        new="",
        trials="searches",
    ),
    Mutation(
        guard="Vault policy: nothing of another municipality",
        file="platform/verbund/vault/policies.py",
        old='path "kv/data/tenants/{key}/*"',
        new='path "kv/data/tenants/*"',
        trials="vault",
    ),
    Mutation(
        guard="Vault transit: nobody opens another's data key",
        file="platform/verbund/vault/policies.py",
        old='path "transit/decrypt/{key}"',
        new='path "transit/decrypt/*"',
        trials="vault",
    ),
    Mutation(
        guard="search filter: everybody finds only what everybody may see",
        file="platform/verbund/search/finding.py",
        old="    return Document.objects.filter(is_public=who is None, source__in",
        new="    return Document.objects.filter(source__in",
        trials="findings",
    ),
    Mutation(
        guard="exchange: only the sender writes in its name",
        file="platform/verbund/exchange/delivery.py",
        old="    check_signature(sealed, heading, by_public_pem=signing)\n",
        new="",
        trials="exchange",
    ),
    Mutation(
        guard="exchange: what was taken is not taken again",
        file="platform/verbund/exchange/delivery.py",
        old="    if Received.objects.filter(pk=message.pk).exists():\n        return False\n    incoming",
        new="    Received.objects.filter(pk=message.pk).delete()\n    incoming",
        trials="exchange",
    ),
)  # fmt: skip
