"""Anchors found again after edits, on the articles of shared/data/articles_gum: python -m benchmarks.anchors

Five sentences of at least five words each per article (interviews, news, speeches) are anchored; the article is then
edited in ten ways, and every anchor looked for alone, with the other anchors, and with the old text at hand.
"wrong" is the share that was found, but not at its place (or found although it was taken out).
"""

import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.text.anchors import Anchor, AnchorState, Resolved, anchor, resolve, resolve_all
from workbench.text.anchors.prepared import prepared
from workbench.text.spans import Span
from workbench.text.versions import compare_versions

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT.parent / "shared" / "data" / "articles_gum"
SEED = 20_261_101
ANCHORS_PER_ARTICLE = 5
FEWEST_WORDS = 5
REMOVED = ("deleted", "deleted, a look-alike elsewhere", "deleted with its neighbours, look-alike", "replaced")
OTHER_WORDS = ("river", "granted", "seven", "Tuesday", "minister", "quietly", "harbour", "refused", "1987", "village")


@dataclass(frozen=True)
class Article:
    """One text with its sentences and paragraphs, and the numbers of the sentences that are anchored."""

    text: str
    sentences: list[Span]
    paragraphs: list[int]
    chosen: list[int]


def read(folder: Path = ARTICLES) -> list[Article]:
    """All articles of the three folders, in the order of their names."""
    dice = random.Random(SEED)
    articles: list[Article] = []
    for path in sorted(folder.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        listed = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["sentences"]
        spans = [Span(one["start"], one["end"]) for one in listed]
        fit = [at for at, span in enumerate(spans) if len(re.findall(r"\w+", span.of(text))) >= FEWEST_WORDS]
        chosen = sorted(dice.sample(fit, min(ANCHORS_PER_ARTICLE, len(fit))))
        articles.append(Article(text, spans, [one["paragraph"] for one in listed], chosen))
    return articles


def two_words_changed(sentence: str, dice: random.Random) -> str:
    """`sentence` with two of its words replaced by other words."""
    words = list(re.finditer(r"\w+", sentence))
    picked = sorted(dice.sample(words, min(2, len(words))), key=lambda word: -word.start())
    for word, other in zip(picked, dice.sample(OTHER_WORDS, len(picked)), strict=True):
        sentence = sentence[: word.start()] + other + sentence[word.end() :]
    return sentence


def rebuilt(article: Article, changes: dict[int, str], order: list[int] | None = None) -> tuple[str, dict[int, Span]]:
    """The article with sentences replaced (an empty text takes one out) and paragraphs reordered; the new places."""
    pieces: list[str] = []
    spans: dict[int, Span] = {}
    length = 0
    text = article.text
    ends = [span.start for span in article.sentences[1:]] + [len(text)]
    by_paragraph: dict[int, list[int]] = defaultdict(list)
    for at, paragraph in enumerate(article.paragraphs):
        by_paragraph[paragraph].append(at)
    for paragraph in order if order is not None else sorted(by_paragraph):
        for at in by_paragraph[paragraph]:
            span = article.sentences[at]
            words, gap = changes.get(at, span.of(text)), text[span.end : ends[at]]
            if order is not None and at == by_paragraph[paragraph][-1]:
                gap = "\n\n"
            if words:
                spans[at] = Span(length, length + len(words))
            elif pieces and gap.strip(" ") == "":
                gap = ""
            pieces += [words, gap]
            length += len(words) + len(gap)
    return "".join(pieces), spans


Edit = Callable[[Article, list[Article], int, random.Random], tuple[str, dict[int, Span]]]


def _far(article: Article, at: int, distance: int = 2) -> list[int]:
    """Sentences at some distance that are not anchored; in a very short article, anchored ones too."""
    away = [n for n in range(len(article.sentences)) if abs(n - at) >= distance]
    return [n for n in away if n not in article.chosen] or away


def _stranger(articles: list[Article], article: Article, dice: random.Random) -> str:
    other = dice.choice([one for one in articles if one is not article])
    return dice.choice(other.sentences).of(other.text)


def _insertions(article: Article, articles: list[Article], at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    places = dice.sample(_far(article, at), min(3, len(_far(article, at))))
    changes = {n: f"{_stranger(articles, article, dice)} {article.sentences[n].of(article.text)}" for n in places}
    return rebuilt(article, changes)


def _deletions(article: Article, _all: list[Article], at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    return rebuilt(article, dict.fromkeys(dice.sample(_far(article, at), min(3, len(_far(article, at)))), ""))


def _style(article: Article, _all: list[Article], _at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    def restyled(words: str) -> str:
        words = re.sub(r'"(?=\w)', "“", words).replace('"', "”").replace("'", "’").replace(" - ", " – ")
        pieces = words.split(" ")
        return "".join(p + ("\n" if dice.random() < 0.1 else " ") for p in pieces[:-1]) + pieces[-1]

    return rebuilt(article, {n: restyled(span.of(article.text)) for n, span in enumerate(article.sentences)})


def _two_words(article: Article, _all: list[Article], at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    return rebuilt(article, {at: two_words_changed(article.sentences[at].of(article.text), dice)})


def _with_neighbours(
    article: Article, _all: list[Article], at: int, dice: random.Random
) -> tuple[str, dict[int, Span]]:
    changes = {
        n: two_words_changed(article.sentences[n].of(article.text), dice)
        for n in (at - 1, at, at + 1)
        if 0 <= n < len(article.sentences)
    }
    return rebuilt(article, changes)


def _moved(article: Article, _all: list[Article], _at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    order = sorted(set(article.paragraphs))
    dice.shuffle(order)
    return rebuilt(article, {}, order)


def _deleted(article: Article, _all: list[Article], at: int, _dice: random.Random) -> tuple[str, dict[int, Span]]:
    return rebuilt(article, {at: ""})


def _look_alike(article: Article, _all: list[Article], at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    twin, place = two_words_changed(article.sentences[at].of(article.text), dice), dice.choice(_far(article, at, 3))
    return rebuilt(article, {at: "", place: article.sentences[place].of(article.text) + " " + twin})


def _look_alike_only(
    article: Article, _all: list[Article], at: int, dice: random.Random
) -> tuple[str, dict[int, Span]]:
    twin, place = two_words_changed(article.sentences[at].of(article.text), dice), dice.choice(_far(article, at, 3))
    gone = {n: "" for n in (at - 1, at, at + 1) if 0 <= n < len(article.sentences)}
    return rebuilt(article, {**gone, place: article.sentences[place].of(article.text) + " " + twin})


def _replaced(article: Article, articles: list[Article], at: int, dice: random.Random) -> tuple[str, dict[int, Span]]:
    return rebuilt(article, {at: _stranger(articles, article, dice)})


EDITS: dict[str, Edit] = {
    "insertions elsewhere": _insertions,
    "deletions elsewhere": _deletions,
    "quotes and line wraps": _style,
    "two words changed": _two_words,
    "two words, neighbours too": _with_neighbours,
    "paragraphs reordered": _moved,
    "deleted": _deleted,
    "deleted, a look-alike elsewhere": _look_alike,
    "deleted with its neighbours, look-alike": _look_alike_only,
    "replaced": _replaced,
}
WAYS = ("alone", "with the others", "with the old text")


def _looked_for(way: str, made: list[Anchor], index: int, old: str, new: str) -> tuple[Resolved, float]:
    """The result for one anchor, and the processor seconds that one anchor took, the text read anew each time."""
    prepared.cache_clear()
    begin = time.process_time()
    if way == "alone":
        return resolve(made[index], new), time.process_time() - begin
    found = resolve_all(made, old if way == "with the old text" else None, new)
    return found[index], (time.process_time() - begin) / len(made)


def _judged(name: str, found: Resolved, expected: Span | None) -> str:
    if found.span is None:
        return "orphan"
    if name in REMOVED or expected is None:
        return "wrong"
    shared = min(found.span.end, expected.end) - max(found.span.start, expected.start)
    return found.state.value if shared >= 0.8 * max(found.span.length, expected.length) else "wrong"


def measure(articles: list[Article]) -> dict[str, dict[str, dict[str, float]]]:
    """Per way and edit: the shares ok, drifted, orphan and wrong, ms per anchor, and the number of anchors."""
    result: dict[str, dict[str, dict[str, float]]] = {way: {} for way in WAYS}
    for name, edit in EDITS.items():
        dice = random.Random(SEED)
        counts = {way: Counter[str]() for way in WAYS}
        seconds = dict.fromkeys(WAYS, 0.0)
        for article in articles:
            made = [anchor(article.text, article.sentences[n]) for n in article.chosen]
            for index, at in enumerate(article.chosen):
                new, spans = edit(article, articles, at, dice)
                for way in WAYS:
                    found, took = _looked_for(way, made, index, article.text, new)
                    counts[way][_judged(name, found, spans.get(at))] += 1
                    seconds[way] += took
        for way in WAYS:
            total = counts[way].total()
            row = {state: round(counts[way][state] / total, 4) for state in (*[s.value for s in AnchorState], "wrong")}
            result[way][name] = {**row, "ms": round(1000 * seconds[way] / total, 3), "anchors": total}
    return result


def diff_speed(articles: list[Article]) -> dict[str, float]:
    """Seconds to compare 200,000 characters with a lightly edited, a shuffled and an unrelated text."""
    dice = random.Random(SEED)
    whole = "\n\n".join(article.text for article in articles)[:200_000]
    light = " ".join(word for word in whole.split(" ") if dice.random() > 0.02)
    blocks = whole.split("\n\n")
    dice.shuffle(blocks)
    words = whole.split()
    dice.shuffle(words)
    result = {}
    for name, new in (("light", light), ("shuffled", "\n\n".join(blocks)), ("unrelated", " ".join(words))):
        begin = time.process_time()
        compare_versions(whole, new)
        result[name] = round(time.process_time() - begin, 3)
    return result


def main() -> dict[str, object]:
    """Prints the tables and returns them; says so when the articles are not there."""
    if not ARTICLES.is_dir():
        print(f"anchors: no articles at {ARTICLES.relative_to(ROOT.parent)}, nothing measured")
        return {}
    articles = read()
    table = measure(articles)
    for way, rows in table.items():
        print(f"\n{way:40}      ok drifted  orphan   wrong      ms       n")
        for name, row in rows.items():
            shares = " ".join(f"{row[column]:7.3f}" for column in ("ok", "drifted", "orphan", "wrong", "ms"))
            print(f"{name:40} {shares} {row['anchors']:7.0f}")
    speed = diff_speed(articles)
    print("\ncompare_versions, 200,000 characters, seconds:", speed)
    return {"anchors": table, "compare_versions_seconds": speed}


if __name__ == "__main__":
    main()
