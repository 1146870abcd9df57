"""Hogarth: an archive of your own for fan fiction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Manuscript", "Reading", "__version__", "read"]

if TYPE_CHECKING:
    from hogarth.intake import Reading, read
    from hogarth.manuscript import Manuscript


def __getattr__(name: str) -> Any:
    """Import the public names when first asked for, so that `import hogarth` costs nothing."""
    if name in ("read", "Reading"):
        from hogarth import intake

        return getattr(intake, name)
    if name == "Manuscript":
        from hogarth import manuscript

        return manuscript.Manuscript
    raise AttributeError(f"module 'hogarth' has no attribute {name!r}")
