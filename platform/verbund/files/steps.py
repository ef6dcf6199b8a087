# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The onboarding step of the files package: the municipality's folder."""

from __future__ import annotations

from verbund.files import storage
from verbund.kernel.errors import NotFound
from verbund.kernel.ports import StepContext


def storage_is_done(step: StepContext) -> bool:
    return storage.folder(step.municipality.key).is_dir()


def make_storage(step: StepContext) -> None:
    storage.make_folder(step.municipality.key)


def undo_storage(step: StepContext) -> None:
    storage.remove_folder(step.municipality.key)


def storage_is_gone(step: StepContext) -> bool:
    return not storage.folder(step.municipality.key).exists()


def never(_step: StepContext) -> None:
    """The `undo` of removing a folder that people have used.

    Raises:
        NotFound: always; only an archive has the files.
    """
    raise NotFound
