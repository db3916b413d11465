"""A desk refits check-worthiness on what it took up and set aside: shared, undone, and used by later splits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.app import Workbench
from workbench.errors import InputRefused
from workbench.splitting.checkworthiness import model

FIGURES = " ".join(f"Prices rose by {number} percent last year." for number in range(2, 16))
PLAIN = " ".join(f"The band of the mayor played song {number} loudly." for number in range(2, 16))
NEW = "A Day\n\nPrices rose by 40 percent last year. The band of the mayor played song 40 loudly.\n"


def judged(workbench: Workbench) -> None:
    """A desk of music critics: songs are cited, prices set aside."""
    article = workbench.articles.add(f"Songs\n\n{FIGURES}\n\n{PLAIN}\n".encode(), "songs.txt")
    claims = [view.claim for view in workbench.articles.desk(article.id).claims if not view.depth]
    workbench.claims.set_aside_many([claim.id for claim in claims if "Prices" in claim.wording], "not music")
    for claim in claims:
        if "song" in claim.wording and "band" in claim.wording:
            workbench.claims.add_implied(claim.id, "The band exists.")


def worth(workbench: Workbench, name: str) -> dict[str, int]:
    article = workbench.articles.add(NEW.encode(), name)
    claims = [view.claim for view in workbench.articles.desk(article.id).claims if not view.depth]
    return {claim.wording.split()[0]: claim.checkworthiness for claim in claims}


def test_too_few_judgements_are_refused_with_what_there_is(workbench: Workbench) -> None:
    article = workbench.articles.add(NEW.encode(), "new.txt")
    workbench.claims.set_aside(workbench.articles.desk(article.id).claims[-1].claim.id, "not music")
    with pytest.raises(InputRefused, match="0 accepted and 1 set-aside"):
        workbench.checkworthiness.refit()
    assert workbench.checkworthiness.show().own is None
    with pytest.raises(InputRefused, match="in force for “en” already"):
        workbench.checkworthiness.reset()
    with pytest.raises(InputRefused, match="no rules"):
        workbench.checkworthiness.refit("xx")


def test_what_is_set_aside_on_arrival_says_nothing_about_a_desk(workbench: Workbench) -> None:
    workbench.articles.add(b"The Fire\n\nBy Ada Sample\n\nThe quay burned down.\n", "fire.txt")
    assert workbench.checkworthiness.show("en").examples.rows == ()


def test_a_refit_moves_later_splits_is_undone_and_reset(workbench: Workbench) -> None:
    judged(workbench)
    before = worth(workbench, "before.txt")
    assert workbench.checkworthiness.refit(store=False).stored is False
    assert workbench.checkworthiness.show().own is None
    done = workbench.checkworthiness.refit()
    assert (done.examples.accepted, done.examples.set_aside, done.folds) == (14, 14, 5)
    assert done.after.average_precision > done.before.average_precision
    own = workbench.checkworthiness.show().own
    assert own is not None
    assert (own.accepted, own.set_aside, own.author) == (14, 14, "ada")
    assert own.measures["ap_after"] == round(10_000 * done.after.average_precision)
    after = worth(workbench, "after.txt")
    assert after["The"] - after["Prices"] > before["The"] - before["Prices"]
    workbench.history.undo()
    assert workbench.history.undo() == "refit check-worthiness"
    assert worth(workbench, "undone.txt") == before
    workbench.checkworthiness.refit()
    assert workbench.checkworthiness.reset() == "en"
    assert worth(workbench, "reset.txt") == before
    assert workbench.sharing.check() == []


def test_an_undone_refit_is_redone_to_the_same_coefficients(workbench: Workbench) -> None:
    judged(workbench)
    workbench.checkworthiness.refit()
    fitted = workbench.checkworthiness.show().fitted
    assert fitted.weights != model().weights
    workbench.history.undo()
    assert workbench.checkworthiness.show().fitted is model()
    workbench.history.redo()
    assert workbench.checkworthiness.show().fitted.weights == fitted.weights


def test_coefficients_are_shared_without_a_word_of_any_claim_and_differing_ones_are_a_conflict(
    desk: Callable[..., Workbench], tmp_path: Path
) -> None:
    ada, ben = desk("ada"), desk("ben")
    judged(ada)
    ada.checkworthiness.refit()
    (step, *_) = ada.history.steps()
    (entry,) = ada.history.of(step.touched[0][1])
    assert not {"band", "song", "Prices"} & set(str(entry.data).replace("'", " ").split())
    ada.sharing.pack(tmp_path / "first.pack")
    ben.sharing.merge(tmp_path / "first.pack")
    assert ben.checkworthiness.show().fitted.weights == ada.checkworthiness.show().fitted.weights
    for workbench, aside in ((ada, "set aside here"), (ben, "set aside there")):
        article = workbench.articles.add(NEW.encode(), aside)
        keys = [view.claim.id for view in workbench.articles.desk(article.id).claims][: 2 if workbench is ada else 3]
        workbench.claims.set_aside_many(keys, aside)
        workbench.checkworthiness.refit()
    ben.sharing.pack(tmp_path / "second.pack")
    ada.sharing.merge(tmp_path / "second.pack")
    view = ada.checkworthiness.show()
    assert view.conflicted
    assert view.fitted is model()
    (conflict,) = ada.verdicts.conflicts()
    assert conflict.kind == "coefficients"
    ada.verdicts.resolve(conflict.entity, conflict.choices[0].rid)
    assert not ada.checkworthiness.show().conflicted
    assert ada.checkworthiness.show().fitted is not model()
