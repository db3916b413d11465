"""Packages whose names are loaded when they are first used, so that a start pays only for what it shows."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def on_demand(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """What a package calls `__getattr__` (PEP 562): each name of `places` is taken from that module of the package.

    No module may be called like a name: importing it would put the module in the place of what the name stands for.
    """

    def find(name: str) -> object:
        place = places.get(name)
        if place is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{place}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return find
