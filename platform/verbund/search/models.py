# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index: what may be found, once as everybody sees it and once as the office does."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from typing_extensions import override


class Document(models.Model):
    """One page that can be found. Everybody's version and the office's are rows of their own, with texts of their own.

    It names nobody who wrote to the office. ``edition``: of which sources and in which way the index was made then,
    ``indexed_at``: when.
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    is_public = models.BooleanField()
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    at = models.DateTimeField()
    vector = SearchVectorField()
    edition = models.CharField(max_length=12, default="", db_default="")
    indexed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "is_public"], name="search_document_key"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="search_document_vector"),
            models.Index(fields=["is_public", "-at", "-id"], name="search_document_newest"),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that stands in documents, for guessing what was meant. A guess is offered only when it finds something."""

    source = models.CharField(max_length=40)
    is_public = models.BooleanField()
    word = models.CharField(max_length=60)
    folded = models.CharField(max_length=120, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_public", "word", "source"], name="search_word_once"),
        ]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="search_word_trigrams")]
