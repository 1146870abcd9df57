"""Keeping the archive safe: backups, their restoration, and a check-up."""

from hogarth.works.keeping.backing import back_up
from hogarth.works.keeping.checking import check
from hogarth.works.keeping.restoring import Restored, restore_backup

__all__ = ["Restored", "back_up", "check", "restore_backup"]
