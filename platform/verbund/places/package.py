# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the places package brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from verbund.kernel.offers import LinkableKind, SearchSource
from verbund.kernel.specs import (
    KEPT_WITH_OWNER,
    App,
    AppScope,
    Lifecycle,
    LifecycleStep,
    NavigationItem,
    PackageSpec,
    PrivacyEntry,
    Receiver,
    Transient,
)
from verbund.places.permissions import LABELS, PlacesPermission

PACKAGE = PackageSpec(
    slug="places",
    probes="verbund.places.probes:PROBES",
    label=_("Orte und Karte"),
    apps=(App(name="verbund.places", scope=AppScope.MUNICIPALITY),),
    urls_public="verbund.places.urls_public",
    urls_staff="verbund.places.urls_staff",
    urls_association="verbund.places.urls_association",
    permissions=tuple(PlacesPermission),
    permission_labels=LABELS,
    grants={
        "administrator": tuple(PlacesPermission),
        "clerk": (PlacesPermission.READ, PlacesPermission.EDIT),
        "field_worker": (PlacesPermission.READ,),
    },
    navigation=(
        NavigationItem(
            area="staff",
            label=_("Objekte und Orte"),
            url_name="places-staff:list",
            order=700,
            permission=PlacesPermission.READ,
        ),
        NavigationItem(
            area="staff",
            label=_("Adressen und Grenze"),
            url_name="places-staff:addresses",
            order=830,
            permission=PlacesPermission.MANAGE_GROUND,
        ),
    ),
    linkable=(
        LinkableKind(
            slug="places.place",
            label=_("Ort"),
            find="verbund.places.linked:find",
            describe="verbund.places.linked:describe",
        ),
    ),
    search=(
        SearchSource(
            slug="places.place",
            label=_("Objekte und Orte"),
            documents="verbund.places.searching:documents",
            permission=PlacesPermission.READ,
        ),
    ),
    commands={"places": "verbund.places.cli:register"},
    command_probes="verbund.places.probes:COMMANDS",
    receivers=(Receiver(event="BodiesChanged", handler="verbund.places.receivers:follow_bodies"),),
    lifecycle=Lifecycle(
        transient=(
            Transient(
                model="places.PendingFile",
                reason=_(
                    "Die Datei liegt noch bei dem, der sie hochgeladen hat, und ist schnell noch einmal da."
                ),
            ),
        ),
        provision=(
            LifecycleStep(
                name="boundaries",
                label=_("Gemeindegrenzen laden"),
                order=320,
                check="verbund.places.steps:boundaries_are_done",
                do="verbund.places.steps:load_boundaries",
                undo="verbund.places.steps:undo_boundaries",
            ),
        ),
    ),
    ports={"Geocoder": "verbund.places.ports:geocoder"},
    sample="verbund.places.sample_places.load",
    privacy=(
        PrivacyEntry(
            model="places.Boundary", purpose=_("Zuständigkeit auf der Karte zeigen"), personal=False
        ),
        PrivacyEntry(
            model="places.Address", purpose=_("Orte von Hinweisen finden und benennen"), personal=False
        ),
        PrivacyEntry(
            model="places.PendingFile",
            purpose=_("Eine Adressliste oder Grenze vor dem Einspielen ansehen"),
            personal=False,
        ),
        PrivacyEntry(
            model="places.Location",
            purpose=_("Festhalten, wo etwas ist, das ein Vorgang meint"),
            personal=False,
            retention=_("wie das, was dort ist"),
            kept_by=KEPT_WITH_OWNER,
        ),
        PrivacyEntry(
            model="places.Place", purpose=_("Objekte, Flächen und Orte der Kommune führen"), personal=False
        ),
    ),
)
