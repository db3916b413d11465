"""An acknowledged decision survives the process that made it being killed."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import sqlmodel
from db_builders import actor

from db.exchange.check import Severity, check
from db.store import Store
from db.tables import Source

KILLS = 10

PROGRAM = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from db_builders import document, source
from db.revisions import Actor
from db.store import Store
store = Store.open(Path(sys.argv[1]), Actor(sys.argv[2], "Ada"))
number = 0
while True:
    number += 1
    with store.write("Add sources") as unit:
        entities = [source(unit, f"Courier {number} {part}") for part in range(2)]
    with store.write_local() as session:
        document(session, f"Figures {entities[0]}")
    print(*entities, flush=True)
"""


def test_every_acknowledged_write_survives_being_killed(tmp_path: Path) -> None:
    path, who = tmp_path / "desk.db", actor("Ada")
    Store.open(path, who, create=True).close()
    places = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    acknowledged: list[str] = []
    for kill in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path), who.device, *places], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        deadline = time.monotonic() + 0.01 + 0.013 * kill
        while (rest := deadline - time.monotonic()) > 0:
            if select.select([process.stdout], [], [], rest)[0]:
                lines.append(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.readlines()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        acknowledged += [entity for line in lines if line.endswith(b"\n") for entity in line.decode().split()]
        with Store.open(path, who) as store, store.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
            assert set(acknowledged) <= set(session.exec(sqlmodel.select(Source.id)))
    assert len(acknowledged) >= 2 * KILLS
    assert [problem for problem in check(path) if problem.severity is Severity.DAMAGE] == []
