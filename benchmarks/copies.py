"""Copies: how many are found, how many unrelated documents are joined, and what that costs.

Texts of real news, of interviews and of speeches from ../shared/data, and seeded synthetic ones, are trimmed, shuffled,
reworded and embedded; or they share one quotation. Nothing of them is kept.
"""

import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from db import evidence
from db.evidence import NewDocument, NewPassage
from db.identity import utc_now, uuid7
from db.revisions import Actor
from db.search import copies
from db.store import Store

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SYNTHETIC = 400
MANY = 25
"""Outlets that carry one report, for the copies of which there are more than boilerplate may have."""
SHORT = 20_000
Change = Callable[[str, random.Random], str]


class Words:
    """Text whose words are as unevenly frequent as in language (Zipf), from a seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(1)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self._words = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(50_000)]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._random = random.Random(seed)

    def text(self, count: int) -> str:
        """This many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))


def news(folder: Path = DATA) -> list[str]:
    """The articles of the public collections; none where they are missing."""
    found = [path.read_text() for path in sorted((folder / "articles_gum").glob("*/*.txt"))]
    rows = folder / "attribution_polnear" / "dev.jsonl"
    if rows.exists():
        found += [json.loads(row)["text"] for row in rows.read_text().splitlines()]
    return [text for text in found if len(text.split()) >= 150]


def synthetic(count: int, seed: int = 11) -> list[str]:
    """Articles of 8 to 14 paragraphs of Zipf-distributed words; half of them close with one of 12 notices."""
    source, chance = Words(seed), random.Random(seed)
    notices = [source.text(30) for _ in range(12)]
    made = []
    for _ in range(count):
        paragraphs = [source.text(chance.randint(25, 60)) + "." for _ in range(chance.randint(8, 14))]
        if chance.random() < 0.5:
            paragraphs.insert(chance.randint(1, len(paragraphs) - 1), chance.choice(notices))
        made.append("\n\n".join(paragraphs))
    return made


def _paragraphs(text: str) -> list[str]:
    """Paragraphs; where a text has none, every three lines or sentences."""
    found = [part for part in text.split("\n\n") if part.strip()]
    if len(found) >= 4:
        return found
    lines = [part for part in text.replace(". ", ".\n").split("\n") if part.strip()]
    return [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]


def trimmed(text: str, chance: random.Random) -> str:
    """A third to a half of the paragraphs from one place on."""
    parts = _paragraphs(text)
    count = max(1, round(len(parts) * chance.uniform(0.33, 0.5)))
    start = chance.randint(0, len(parts) - count)
    return "\n\n".join(parts[start : start + count])


def shuffled(text: str, chance: random.Random) -> str:
    """The paragraphs in another order, a fifth of them left out."""
    parts = _paragraphs(text)
    return "\n\n".join(chance.sample(parts, max(2, round(0.8 * len(parts)))))


def reworded(text: str, chance: random.Random) -> str:
    """10 to 20 percent of the words replaced."""
    share = chance.uniform(0.1, 0.2)
    return " ".join(f"x{chance.randrange(10**6)}" if chance.random() < share else word for word in text.split(" "))


def reworded_and_trimmed(text: str, chance: random.Random) -> str:
    """Both."""
    return reworded(trimmed(text, chance), chance)


def embedded(text: str, chance: random.Random, hosts: Sequence[str] = ()) -> str:
    """A quarter to a half of it inside another text."""
    host, parts = _paragraphs(chance.choice(hosts)), _paragraphs(text)
    count = max(2, round(len(parts) * chance.uniform(0.25, 0.5)))
    start = chance.randint(0, max(0, len(parts) - count))
    at = chance.randint(0, len(host))
    return "\n\n".join([*host[:at], *parts[start : start + count], *host[at:]])


def _store(folder: Path, texts: Sequence[str]) -> Store:
    store = Store.open(folder / f"{uuid7()}.db", Actor(uuid7(), "benchmark"), create=True)
    for start in range(0, len(texts), 200):
        with store.write_local() as session:
            evidence.add(session, list(_documents(texts[start : start + 200], start)), utc_now())
    missing = 1
    while missing:
        with store.write_local() as session:
            missing = copies.catch_up(session)
    return store


def _documents(texts: Sequence[str], start: int) -> Iterator[NewDocument]:
    for number, text in enumerate(texts, start):
        yield NewDocument(title=f"{number}", text=text, passages=(NewPassage(0, len(text), "paragraph 1"),))


def _found(folder: Path, texts: Sequence[str]) -> set[frozenset[int]]:
    with _store(folder, texts) as store, store.read() as session:
        return {frozenset((pair.first - 1, pair.second - 1)) for pair in copies.copied(session)}


def _recall(folder: Path, base: Sequence[str], changed: Sequence[str]) -> float:
    """How many of the changed texts are paired with what they were made from, all in one store with all others."""
    pairs = _found(folder, [*base, *changed])
    hits = sum(frozenset((at, at + len(base))) in pairs for at in range(len(changed)))
    return round(hits / len(changed), 4)


def quality(folder: Path, base: Sequence[str], seed: int) -> dict[str, float]:
    """Recall by kind of copy, and pairs of unrelated documents that are joined, in percent of documents."""
    chance = random.Random(seed)
    hosts = base[::-1]
    kinds: dict[str, Change] = {
        "trimmed": trimmed,
        "shuffled": shuffled,
        "reworded": reworded,
        "reworded and trimmed": reworded_and_trimmed,
    }
    result = {name: _recall(folder, base, [change(text, chance) for text in base]) for name, change in kinds.items()}
    whole = list(range(len(base)))
    strangers = [hosts[at] if base[at] != hosts[at] else hosts[at - 1] for at in whole]
    result["embedded"] = _recall(folder, base, [embedded(base[at], chance, [strangers[at]]) for at in whole])
    source = Words(seed + 1)
    quotations = [source.text(chance.randint(12, 24)) for _ in base]
    with_quote = [_quoting(text, words, chance) for text, words in zip(base, quotations, strict=True)]
    others = [
        _quoting(text, words, chance) for text, words in zip(synthetic(len(base), seed + 2), quotations, strict=True)
    ]
    result["one shared quotation"] = _recall(folder, with_quote, others)
    many = [change(base[0], chance) for change in (trimmed, shuffled, reworded) for _ in range(MANY)]
    result[f"one report in {len(many)} outlets"] = _reached(folder, [*base, *many], len(many))
    joined = _found(folder, base)
    result["documents joined to one of the same collection, percent"] = round(
        100 * len({at for pair in joined for at in pair}) / len(base), 2
    )
    result["pairs of them joined, percent"] = round(200 * len(joined) / len(base) / (len(base) - 1), 4)
    return result


def _quoting(text: str, words: str, chance: random.Random) -> str:
    parts = _paragraphs(text)
    parts.insert(chance.randint(1, len(parts) - 1), f"“{words},” she said.")
    return "\n\n".join(parts)


def _reached(folder: Path, texts: Sequence[str], count: int) -> float:
    with _store(folder, texts) as store, store.read() as session:
        pairs = [pair for pair in copies.pairs(session, [1]) if copies.is_copy(pair)]
        reached = {number for pair in pairs for number in (pair.first, pair.second)}
        return round(len(reached & set(range(len(texts) - count + 1, len(texts) + 1))) / count, 4)


def speed(folder: Path) -> dict[str, float]:
    """Short documents of 40 words: what keeping shingles adds to importing, pairing afterwards, and asking for pairs."""
    source = Words(2)
    texts = [source.text(40) for _ in range(SHORT)]
    batches = [list(_documents(texts[start : start + 200], start)) for start in range(0, SHORT, 200)]
    spent = {"with": 0.0, "without": 0.0}
    real = copies.add
    stores = {
        name: Store.open(folder / f"{name}.db", Actor(uuid7(), "benchmark"), create=True)
        for name in ("with", "without")
    }
    for batch in batches:
        for name, store in stores.items():
            copies.add = real if name == "with" else lambda *_: None
            began = time.perf_counter()
            with store.write_local() as session:
                evidence.add(session, batch, utc_now())
            spent[name] += time.perf_counter() - began
    copies.add = real
    began = time.perf_counter()
    missing = 1
    while missing:
        with stores["with"].write_local() as session:
            missing = copies.catch_up(session)
    pairing = time.perf_counter() - began
    asked = []
    for number in range(1, 201):
        with stores["with"].read() as session:
            began = time.perf_counter()
            copies.pairs(session, range(number, number + 10))
            asked.append(1000 * (time.perf_counter() - began))
    began = time.perf_counter()
    with stores["with"].write_local() as session:
        evidence.add(session, list(_documents(["one more text of nine words in this store"], SHORT)), utc_now())
    with stores["with"].write_local() as session:
        copies.catch_up(session)
    one_more = time.perf_counter() - began
    for store in stores.values():
        store.close()
    size = (folder / "with.db").stat().st_size - (folder / "without.db").stat().st_size
    return {
        "documents a second, with shingles": round(SHORT / spent["with"]),
        "documents a second, without": round(SHORT / spent["without"]),
        "pairing afterwards, documents a second": round(SHORT / pairing),
        "one document more, s": round(one_more, 3),
        "pairs of ten documents, p50 ms": round(statistics.median(asked), 2),
        "bytes a document": round(size / SHORT),
    }


def main() -> dict[str, object]:
    """Figures on real and on synthetic texts, and speed."""
    real = news()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            f"news ({len(real)} texts)": quality(folder, real, 3) if real else "the collections are not here",
            f"synthetic ({SYNTHETIC} texts)": quality(folder, synthetic(SYNTHETIC), 4),
            f"{SHORT:,} short documents": speed(folder),
        }
