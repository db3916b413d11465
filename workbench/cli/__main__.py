"""`python -m workbench.cli`: the command line without an installed script."""

from workbench.cli.main import run

run()
