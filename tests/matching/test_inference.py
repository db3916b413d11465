"""Suggestions of an NLI model: a tiny one made here, in a process of its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import InputRefused
from workbench.matching.inference import InferenceProcess, InferenceUnavailable, nli_model

LABELS = {"0": "contradiction", "1": "entailment", "2": "neutral"}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two layers whose weights favour its first output, whatever the texts say."""
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny-nli"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "pier", "burned"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        id2label={int(number): label for number, label in LABELS.items()},
        label2id={label: int(number) for number, label in LABELS.items()},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.bias.copy_(torch.tensor([50.0, 0.0, 0.0]))
    model.save_pretrained(folder)
    return folder


@pytest.fixture
def asking(tiny: Path) -> Iterator[InferenceProcess]:
    process = InferenceProcess(tiny)
    yield process
    process.close()


def test_a_suggestion_carries_the_models_name_and_its_own_label_order(asking: InferenceProcess) -> None:
    said = asking.suggest("The pier burned.", ["The pier stands.", "The pier burned down."])
    assert [str(one) for one in said] == ["suggestion of tiny-nli: contradicts"] * 2
    assert asking.suggest("x", []) == []


def test_a_model_that_never_answers_is_ended(tiny: Path) -> None:
    process = InferenceProcess(tiny)
    with pytest.raises(InferenceUnavailable, match="tiny-nli gives no suggestions"):
        process.suggest("The pier burned.", ["The pier stands."], timeout=0.01)
    process.close()


def test_labels_are_read_in_the_order_of_the_config(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(
        json.dumps({"id2label": {"2": "CONTRADICTION", "0": "Neutral", "1": "entailment"}})
    )
    assert nli_model(tmp_path).labels == ("says neither", "supports", "contradicts")


@pytest.mark.parametrize(
    "config",
    [
        None,
        "{",
        "[]",
        "{}",
        '{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}',
        '{"id2label": {"a": "b"}}',
    ],
)
def test_another_folder_is_refused_in_plain_words(tmp_path: Path, config: str | None) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(InputRefused, match=r"(holds no model|cannot be read|no NLI cross-encoder)"):
        nli_model(tmp_path)
