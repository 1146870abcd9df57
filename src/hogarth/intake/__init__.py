"""From bytes as they were found to manuscripts."""

from hogarth.intake.containers import Place, expand
from hogarth.intake.limits import Limits
from hogarth.intake.process import Outcome, read_many
from hogarth.intake.readers import READERS, Reader
from hogarth.intake.reading import PROBLEMS, Evidence, Found, Problem, Reading
from hogarth.intake.refusals import REFUSALS
from hogarth.intake.trying import read

__all__ = [
    "PROBLEMS",
    "READERS",
    "REFUSALS",
    "Evidence",
    "Found",
    "Limits",
    "Outcome",
    "Place",
    "Problem",
    "Reader",
    "Reading",
    "expand",
    "read",
    "read_many",
]
