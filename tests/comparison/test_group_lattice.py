"""Admission of prepared groups against the rule written down plainly, with sets."""

import numpy as np
import pytest

from assessment.comparison.disclosure import admitted_groups, step_labels

LEAST = 5


def safe(n: int) -> bool:
    return n == 0 or n >= LEAST


def plainly(labels: list[np.ndarray], answered: np.ndarray) -> list[list[bool]]:
    """Rule 6 for one question, group by group."""
    everybody = {place for place, known in enumerate(answered) if known}
    earlier: list[list[set[int]]] = [[everybody]]
    result = []
    for step in labels:
        groups = [
            {place for place in everybody if step[place] == number}
            for number in range(int(step.max(initial=-1)) + 1)
        ]
        fits = [
            len(group) >= LEAST
            and all(
                safe(len(group - other)) and safe(len(other - group))
                for others in earlier
                for other in others
            )
            for group in groups
        ]
        for others in earlier:
            for other in others:
                while True:
                    parts = [n for n, group in enumerate(groups) if fits[n] and group <= other]
                    rest = len(other) - sum(len(groups[n]) for n in parts)
                    if not parts or safe(rest):
                        break
                    fits[min(parts, key=lambda n: len(groups[n]))] = False
        result.append(fits)
        earlier.append([group for group, fit in zip(groups, fits, strict=True) if fit])
    return result


@pytest.mark.parametrize("part", range(6))
def test_as_the_rule_written_down_plainly(part: int) -> None:
    seen = np.zeros(2, dtype=int)
    for seed in range(60):
        random = np.random.default_rng([part, seed])
        n = int(random.integers(0, 60))
        steps = [
            random.choice(np.arange(-1, int(groups)), n).astype(int)
            for groups in random.integers(0, 5, int(random.integers(1, 4)))
        ]
        if part % 2 and n:
            # Nested steps, as in the cascade: parts that leave few over.
            steps.insert(0, np.minimum(steps[0] // 2, 1))
        answered = random.random((n, 3)) < (1.0 if part < 2 else 0.85)
        found = admitted_groups(steps, answered)
        for question in range(3):
            expected = plainly(steps, answered[:, question])
            assert [each[:, question].tolist() for each in found] == expected
            seen += [sum(map(sum, expected)), sum(len(each) for each in expected)]
    # The cases decide something: some groups are admitted, some are not.
    assert 0.1 < seen[0] / seen[1] < 0.9


def test_five_who_answered_are_enough_and_four_are_not() -> None:
    labels = np.array([0] * 5 + [1] * 5 + [2] * 4 + [3] * 6)
    (found,) = admitted_groups([labels], np.ones((20, 1), dtype=bool))
    # The smallest of the others goes as well: beside the four nobody or five must be left over.
    assert found[:, 0].tolist() == [False, True, False, True]


def test_labels_as_numbers() -> None:
    numbers, names = step_labels(np.array(["b", "", "a", "b"], dtype=object))
    assert (numbers.tolist(), names) == ([1, -1, 0, 1], ("a", "b"))


@pytest.mark.parametrize(
    ("labels", "answered"),
    [
        ([np.array([0, -2])], np.ones((2, 1), bool)),
        ([np.array([0.0, 1.0])], np.ones((2, 1), bool)),
        ([np.array([0])], np.ones((2, 1), bool)),
        ([np.array([0, 1])], np.ones((2, 1), int)),
        ([np.array([0, 1])], np.ones(2, bool)),
    ],
)
def test_what_does_not_fit_is_refused(labels: list[np.ndarray], answered: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"labels|answered"):
        admitted_groups(labels, answered)
