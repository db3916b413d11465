"""Spanish as English: sentences, quotations that run on, dialog dashes, who said what, kinds, what calls for checking."""

import pytest

from workbench.splitting import ClaimKind, SuggestedClaim, split
from workbench.text.language import detect_language


def sentences(text: str) -> list[str]:
    return [text[unit.start : unit.end].strip() for unit in split(text, language="es").units]


def first(text: str) -> SuggestedClaim:
    return split(text, language="es").units[0].claims[0]


def said(text: str) -> list[tuple[str, str, str, bool]]:
    return [
        (c.attribution.source, c.attribution.cue, c.text, c.attribution.continued)
        for unit in split(text, language="es").units
        for c in unit.claims
        if c.attribution and c.relation == "content"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "El Gobierno de EE. UU. anunció nuevas medidas para el puerto.",
        "Las FF. AA. llegaron a EE.UU. el lunes por la noche.",
        "El Sr. López y la Dra. Ruiz viven en la Avda. Central, núm. 5, desde ene. de 2020.",
        "La ley entra en vigor el 3 de marzo, art. 5, pág. 12 del boletín.",
        "La empresa Puentes del Sur S. A. pagó 3 millones.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_opening_marks_and_full_stops_end_sentences() -> None:
    text = "La presa aguantó. ¿Quién paga? ¡Nadie! El alcalde calló. 32 casas se perdieron."
    assert len(sentences(text)) == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La presa resistirá, dijo el martes la ingeniera Marta Soler.",
            ("la ingeniera Marta Soler", "dijo", "La presa resistirá"),
        ),
        ("Según la ministra, no hubo víctimas.", ("la ministra", "Según", "No hubo víctimas")),
        (
            "De acuerdo con el informe, 32 casas se perdieron.",
            ("el informe", "De acuerdo con", "32 casas se perdieron"),
        ),
        ("La presa resistió, según tres ingenieros.", ("tres ingenieros", "según", "La presa resistió")),
        ("Los vecinos, explicó Soler, ya fueron avisados.", ("Soler", "explicó", "Los vecinos ya fueron avisados")),
        ("La empresa negó haber pagado.", ("La empresa", "negó", "Haber pagado")),
        ("El alcalde afirmó que la presa aguanta.", ("El alcalde", "afirmó", "La presa aguanta")),
    ],
)
def test_who_said_what(text: str, expected: tuple[str, str, str]) -> None:
    assert said(text) == [(*expected, False)]


def test_a_second_verb_keeps_the_source_of_the_first() -> None:
    text = "El ministro prometió construir 40 escuelas y pidió que se investigue el contrato."
    assert [(source, cue) for source, cue, _, _ in said(text)] == [
        ("El ministro", "prometió"),
        ("El ministro", "pidió"),
    ]


@pytest.mark.parametrize(("opening", "closing"), ["«»", "“”", '""'])
def test_quotations_of_several_sentences_run_on(opening: str, closing: str) -> None:
    text = f"{opening}La presa aguanta. No hay peligro{closing}, dijo la alcaldesa Ana Ruiz. {opening}Mañana mediremos{closing}."
    assert said(text) == [
        ("la alcaldesa Ana Ruiz", "dijo", "La presa aguanta.", True),
        ("la alcaldesa Ana Ruiz", "dijo", "No hay peligro", False),
        ("la alcaldesa Ana Ruiz", "dijo", "Mañana mediremos", True),
    ]


def test_a_colon_announces_a_quotation() -> None:
    text = "El alcalde declaró: «No hay peligro. La presa aguanta». Nadie respondió."
    assert said(text) == [
        ("El alcalde", "declaró", "No hay peligro", False),
        ("El alcalde", "declaró", "La presa aguanta", True),
    ]


def test_dialog_dashes_name_the_speaker_of_their_paragraph_only() -> None:
    text = "—No hay peligro —dijo la alcaldesa—. La presa aguanta.\n—¿Y mañana? —preguntó el periodista.\n—Mañana mediremos otra vez."
    assert said(text) == [
        ("la alcaldesa", "dijo", "No hay peligro", False),
        ("la alcaldesa", "dijo", "La presa aguanta.", True),
        ("el periodista", "preguntó", "¿Y mañana?", False),
    ]
    assert split("-It holds -said the mayor-.", language="en").units[0].claims[0].attribution is None


def test_figures_call_for_checking_and_comment_does_not() -> None:
    figure = first("La inflación subió un 12 por ciento y se perdieron 4.000 empleos en 2025.")
    assert figure.suggested
    assert any(
        reason.startswith("percentage (+") or reason.startswith("figure in digits (+") for reason in figure.reasons
    )
    assert not first("Gracias, espero que les guste.").suggested
    assert not first("¿Subió la inflación un 12 por ciento?").suggested


def test_kinds_and_references_are_found() -> None:
    assert ClaimKind.PREDICTION in first("La presa será más alta en mayo.").kinds
    assert ClaimKind.NORMATIVE in first("El consejo debería pagar la presa.").kinds
    assert "passive without an agent: “fueron avisados”" in first("Los vecinos fueron avisados ayer.").reasons
    found = [(r.text, r.type) for r in first("Esta decisión la anunció su portavoz el lunes.").references]
    assert ("Esta decisión", "demonstrative") in found
    assert ("lunes", "weekday") in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El alcalde declaró: «No hay peligro. La presa aguanta».", "es"),
        ("¿Quién paga la presa del norte?", "es"),
        ("The dam held and nobody was hurt.", "en"),
        ("Der Damm hielt und niemand wurde verletzt, nach dem Bericht.", "de"),
        ("O prefeito não disse quem vai pagar a barragem, mas são três milhões.", "pt"),
        ("12 34", "und"),
        ("Xyzzy", "und"),
    ],
)
def test_short_texts_are_told_apart_or_left(text: str, code: str) -> None:
    assert detect_language(text) == code


def test_an_unknown_language_gets_sentences_and_nothing_else() -> None:
    text = "Pormestari sanoi: “Silta kestää. Ei vaaraa.” Se kesti."
    result = split(text, language="fi")
    assert [warning.type for warning in result.warnings] == ["language_unknown"]
    for unit in result.units:
        (claim,) = unit.claims
        assert claim.attribution is None
        assert claim.references == ()
