"""Claim Workbench: split an article into claims, match them against evidence, record verdicts, report."""

__version__ = "0.1.0"
