"""How a quotation stands in a text: word for word, altered, in part, spliced."""

import pytest

from workbench.matching.tracing import trace

TEXT = (
    "The minister spoke for an hour. We leased four berths to the company, and nobody was warned about the tanks. "
    "She then turned to the weather, the budget, the coming season of the ferries and much else besides that mattered "
    "little to the audience in the hall that evening. The harbour will open again on Monday, whatever it costs the town."
)


@pytest.mark.parametrize(
    ("quote", "state"),
    [
        ("nobody was warned about the tanks", "verbatim"),
        ("We leased four berths to the company and nobody was warned about the tanks", "verbatim"),
        ("We leased fore berths to the companny, and nobody wsa warned about the tanks", "altered"),
        ("We leased nine berths to the company, and nobody was warned about the tanks", "altered"),
        ("nobody was warned about the tanks, the harbour will open again on Monday", "spliced"),
        ("nobody was warned about the tanks … the harbour will open again on Monday", "spliced"),
    ],
)
def test_the_state_is_told(quote: str, state: str) -> None:
    found = trace(quote, TEXT)
    assert found is not None
    assert found.state == state


def test_a_difference_has_both_spans() -> None:
    quote = "We leased nine berths to the company, and nobody was warned about the tanks"
    found = trace(quote, TEXT)
    assert found is not None
    (one,) = found.differences
    assert (one.quote.of(quote), one.text.of(TEXT)) == ("nine", "four")


def test_a_splice_says_how_far_apart_its_clauses_stand() -> None:
    found = trace("nobody was warned about the tanks … the harbour will open again on Monday", TEXT)
    assert found is not None
    assert "an ellipsis bridges" in found.said[0]
    swapped = trace("the harbour will open again on Monday, we leased four berths to the company", TEXT)
    assert swapped is not None
    assert swapped.said == ("clause 2 stands before clause 1 here",)


def test_what_does_not_stand_there_is_not_found() -> None:
    assert trace("The mayor denied that any ship had been inspected in the spring of that year", TEXT) is None
    assert trace("spoke of the town", "A train left for the hills.") is None
