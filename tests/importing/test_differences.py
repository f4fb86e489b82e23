"""A corrected export shows what it would change."""

from questionnaires import small_questionnaire
from sheets import opened_rows

from assessment.importing.differences import CellDifference, compare_imports
from assessment.importing.importer import take

Q = small_questionnaire()
HEAD = ["A02", "D01", "A05", "E01", "A09"]
OLD = [
    HEAD,
    ["08111000", "1", 100, "a", "2026-02-01"],
    ["08125001", "k A", 200, "b", "2026-02-01"],
]


def survey(rows):
    return take(opened_rows(rows), Q).survey


def test_the_same_answers_in_another_order_are_no_difference():
    turned = [row[::-1] for row in [OLD[0], OLD[2], OLD[1]]]
    assert compare_imports(survey(OLD), survey(turned)).none


def test_every_kind_of_difference_is_named():
    new = [
        ["A02", "D01", "A05", "H06", "A09"],
        ["08125005", "2", 300, "neu", "2026-02-01"],
        ["08111000", "2", None, "gut", "2026-03-01"],
    ]
    found = compare_imports(survey(OLD), survey(new))
    assert not found.none
    assert found.new_municipalities == ("08125005",)
    assert found.missing_municipalities == ("08125001",)
    assert found.new_items == ("H06",)
    assert found.missing_items == ("E01",)
    assert found.cells == (
        CellDifference("08111000", "A05", "100", "nicht beantwortet"),
        CellDifference("08111000", "A09", "2026-02-01", "2026-03-01"),
        CellDifference("08111000", "D01", "1", "2"),
    )
