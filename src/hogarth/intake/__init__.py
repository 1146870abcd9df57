"""From bytes as they were found to manuscripts."""

from hogarth.intake.readers import READERS, Reader, read
from hogarth.intake.reading import PROBLEMS, Evidence, Found, Limits, Problem, Reading

__all__ = [
    "PROBLEMS",
    "READERS",
    "Evidence",
    "Found",
    "Limits",
    "Problem",
    "Reader",
    "Reading",
    "read",
]
