"""„denen der …“ asks for the genitive plural: adjectives decline otherwise than nouns."""

import pytest

from assessment.profiles.type_statement import type_genitive


@pytest.mark.parametrize(
    ("type_id", "genitive"),
    [
        ("B", "Bedächtigen"),
        ("O", "Optimierer"),
        ("S", "Serviceorientierten"),
        ("C", "Community Manager"),
    ],
)
def test_the_genitive_of_a_type(sample, type_id: str, genitive: str) -> None:
    assert type_genitive(sample.typology, type_id) == genitive
