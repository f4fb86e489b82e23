"""A small questionnaire with one item of every kind."""

from assessment.questionnaire.model import (
    Comparison,
    Condition,
    ConsistencyRule,
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    Role,
)


def options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    """Options from (code, label); ``k``, ``nz`` and ``x`` are the special ones."""
    kinds = {
        "k": OptionKind.DONT_KNOW,
        "nz": OptionKind.NOT_APPLICABLE,
        "x": OptionKind.NONE_OF_THESE,
    }
    return tuple(
        Option(code=code, label=label, kind=kinds.get(code, OptionKind.ANSWER))
        for code, label in pairs
    )


AGREE = options(
    ("1", "trifft gar nicht zu"),
    ("2", "trifft eher nicht zu"),
    ("3", "teils, teils"),
    ("4", "trifft eher zu"),
    ("5", "trifft voll zu"),
    ("k", "Weiß nicht / keine Angabe"),
)
LEVELS = options(("0", "nichts"), ("1", "wenig"), ("2", "viel"), ("nz", "nicht zuständig"))
CHANNELS = options(
    ("a", "Serviceportal"),
    ("b", "Nutzerkonto, zum Beispiel BundID"),
    ("c", "Bürgerbüro"),
    ("x", "nichts davon"),
    ("k", "weiß nicht"),
)
GOALS = options(("g1", "Kosten"), ("g2", "Nähe"), ("g3", "Klima"))


def small_questionnaire(**changes) -> Questionnaire:
    """Key, name, Land, population, share, day, level, rating, multiple, ranking, text."""
    items = (
        Item(id="A01", text="Name der Kommune", kind=ItemKind.NAME, roles=(Role.NAME,)),
        Item(id="A02", text="Amtlicher Schlüssel", kind=ItemKind.KEY, roles=(Role.KEY,)),
        Item(
            id="A03",
            text="Bundesland",
            kind=ItemKind.SINGLE,
            options=options(
                ("01", "Schleswig-Holstein"), ("05", "NRW"), ("08", "Baden-Württemberg")
            ),
            roles=(Role.LAND,),
        ),
        Item(
            id="A05",
            text="Zahl der Einwohnerinnen und Einwohner",
            kind=ItemKind.INTEGER,
            roles=(Role.POPULATION,),
            minimum=1,
            maximum=5_000_000,
        ),
        Item(id="A06", text="Anteil", kind=ItemKind.DECIMAL),
        Item(id="A09", text="Stichtag", kind=ItemKind.DATE, roles=(Role.REFERENCE_DATE,)),
        Item(id="D01", text="Wie weit ist das Vorhaben?", kind=ItemKind.LEVEL, options=LEVELS),
        Item(id="D11", text="Wie weit soll es sein?", kind=ItemKind.LEVEL, options=LEVELS),
        *(
            Item(
                id=f"R{number}",
                text=f"Aussage {word}.",
                kind=ItemKind.RATING,
                options=AGREE,
                section="R",
            )
            for number, word in enumerate(("eins", "zwei", "drei", "vier", "fünf"), 1)
        ),
        Item(id="E01", text="Welche Zugänge gibt es?", kind=ItemKind.MULTIPLE, options=CHANNELS),
        Item(
            id="E02",
            text="Wer betreibt das Serviceportal?",
            kind=ItemKind.SINGLE,
            options=options(("s", "selbst"), ("d", "Dienstleister")),
            condition=(Condition(item="E01", is_=Comparison.CONTAINS, value="a"),),
        ),
        Item(
            id="B15",
            text="Welche zwei Ziele haben Vorrang?",
            kind=ItemKind.RANKING,
            options=GOALS,
            picks=2,
        ),
        Item(id="H06", text="Was noch?", kind=ItemKind.TEXT),
    )
    rules = (
        ConsistencyRule(
            id="SOLL",
            message="Der Zielwert liegt unter dem Stand.",
            when=(Condition(item="D11", is_=Comparison.BELOW_ITEM, value="D01"),),
        ),
        ConsistencyRule(
            id="LAND",
            message="Schlüssel und Bundesland passen nicht.",
            when=(Condition(item="A02", is_=Comparison.NOT_STARTING_WITH_ITEM, value="A03"),),
        ),
    )
    return Questionnaire(
        **{"id": "klein", "version": "1", "title": "Klein", "items": items, "rules": rules}
        | changes
    )
