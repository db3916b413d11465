"""A writer that is killed in the middle of a transaction leaves nothing behind but what was committed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from workbench.app import Workbench

KILLED_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
for number in range(3000):
    connection.execute("INSERT INTO draft VALUES (?, ?, '2026-01-01T00:00:00.000000Z')", (str(number), "x" * 2000))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_is_rolled_back_at_the_next_opening(desk: Callable[..., Workbench], tmp_path: Path) -> None:
    first = desk("ada")
    article = first.articles.add(b"The pier is 90 metres long.\n", "pier.txt")
    first.drafts.save("rationale", "half a sentence")
    first.close()
    subprocess.run([sys.executable, "-c", KILLED_WRITER, str(tmp_path / "ada.db")], check=False)
    assert (tmp_path / "ada.db-journal").stat().st_size > 0
    again = desk("ada")
    assert again.drafts.keys() == ["rationale"]
    assert again.articles.desk(article.id).claims
    assert again.sharing.check() == []
