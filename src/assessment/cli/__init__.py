"""The command line: the same capabilities without a browser."""

from assessment.cli.main import main

__all__ = ["main"]
