import re
from pathlib import Path

import pytest
import yaml
from profile_cases import NEVER

from assessment.content import data_path
from assessment.profiles import texts
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import placeholders, points, sentence
from assessment.remarks import InputRefused

CONTENT = [
    yaml.safe_load(data_path("texts", file).read_text(encoding="utf-8")) for file in texts.FILES
]
NAMES = [
    f"{section}.{name}"
    for sections in CONTENT
    for section, entries in sections.items()
    for name in entries
]


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_can_be_filled_and_is_decent(name):
    said = sentence(name, **dict.fromkeys(placeholders(name), "7"))
    assert said.strip()
    assert not NEVER.search(said)
    assert not re.search(r"\s{2,}", said)


def test_a_missing_value_or_sentence_is_refused_with_its_name():
    for call in (lambda: sentence("field.rated"), lambda: sentence("field.nie")):
        with pytest.raises(InputRefused, match=r"field\.(rated|nie)"):
            call()


def test_values_are_never_read_as_templates():
    said = sentence("named.gap", name="{difference} %s <b>", difference="3 Punkte")
    assert said.startswith("{difference} %s <b>: 3 Punkte")


def test_points_in_words():
    assert [points(n) for n in (1, -1, 0, 18)] == ["1 Punkt", "1 Punkt", "0 Punkte", "18 Punkte"]


def test_all_sentences_used_in_the_code_exist():
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(texts.__file__).parent.glob("*.py")
    )
    used = set(re.findall(r'sentence\(\s*"([a-z_]+\.[a-z_]+)"', source))
    assert len(used) > 20
    assert used <= set(NAMES)


def test_a_section_belongs_to_one_file():
    sections = [section for content in CONTENT for section in content]
    assert len(sections) == len(set(sections))


def test_plain_types_only():
    assert as_plain({"a": (1, 2.5, None, float("nan"))}) == {"a": [1, 2.5, None, None]}
    with pytest.raises(TypeError):
        as_plain(object())
