"""Some hundred random keys: no exception, no broken invariant, a store that passes its check."""

from pathlib import Path

import pytest

from benchmarks.soak import pool, soak


@pytest.mark.parametrize("seed", [7])
async def test_random_keys_break_nothing(tmp_path: Path, seed: int) -> None:
    outcome = await soak(tmp_path, seed=seed, keys=300, look_every=100)
    assert outcome.problems == []
    assert outcome.keys >= 300
    assert len(outcome.screens) > 5, "the keys reach forms and panes"
    assert outcome.steps > 5, "the keys record something"


def test_no_key_leaves_at_once() -> None:
    assert "ctrl+q" not in pool()
    assert len(set(pool())) > 60
