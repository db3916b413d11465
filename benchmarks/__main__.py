"""Run benchmarks by name and print their figures as JSON."""

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

HELPERS = ("corpus", "collections")
NAMES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith(("_", "fit_")) and path.stem not in HELPERS
)


def main() -> int:
    """Run the named benchmarks, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME", help=", ".join(NAMES))
    figures = {}
    for name in parser.parse_args().names or NAMES:
        started = time.perf_counter()
        figures[name] = importlib.import_module(f"benchmarks.{name}").main()
        print(f"{name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    print(json.dumps(figures, indent=2, ensure_ascii=False, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main())
