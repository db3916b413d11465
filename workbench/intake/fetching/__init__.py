"""Fetching one address, which is a deliberate act: bounded in bytes, time and redirects, and never into a private network."""

from workbench.intake.fetching.addresses import Address, is_address, parse_address
from workbench.intake.fetching.fetch import Fetched, Rules, fetch

__all__ = ["Address", "Fetched", "Rules", "fetch", "is_address", "parse_address"]
