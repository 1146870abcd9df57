"""`python -m hogarth.cli` is the command where no script is installed."""

from hogarth.cli.main import run

run()
