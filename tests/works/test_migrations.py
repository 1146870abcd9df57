"""The tables are what the models say."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run", "hogarth")
    assert "No changes" in capsys.readouterr().out


@pytest.mark.django_db
def test_every_table_of_ours_can_be_made_anew() -> None:
    loader = MigrationLoader(connection)
    assert loader.detect_conflicts() == {}
    assert ("hogarth", "0001_first") in loader.applied_migrations
