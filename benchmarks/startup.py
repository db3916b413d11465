"""How long a new process takes: help, splitting without a database, and the first match with a cold encoder."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
SAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "sample"


def seconds(*arguments: str, runs: int = RUNS) -> float:
    """Median wall time of `workbench` with these arguments."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        command = [sys.executable, "-m", "workbench.cli", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return round(statistics.median(times), 3)


def main() -> dict[str, float]:
    """Seconds by command."""
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "bench.db")
        seconds("evidence", "import", str(SAMPLE / "evidence" / "evidence.jsonl"), "--db", db, runs=1)
        claim = "Prime Minister Edda Lorne confirmed that 31 Kestrian citizens were killed"
        return {
            "workbench --help": seconds("--help"),
            "workbench split": seconds("split", str(SAMPLE / "article.md"), "--format", "json"),
            "workbench match --text, words only": seconds("match", "--text", claim, "--words-only", "--db", db),
            "workbench evidence embed, cold": seconds("evidence", "embed", "--db", db, runs=1),
            "workbench match --text, cold": seconds("match", "--text", claim, "--db", db, runs=3),
        }
