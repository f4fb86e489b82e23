"""What reading and writing a codebook in a foreign format gives."""

from dataclasses import dataclass

from assessment.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """A questionnaire read from a file.

    ``not_expressed`` are German sentences on what the file contains and the questionnaire cannot
    hold or does not evaluate.
    """

    questionnaire: Questionnaire
    not_expressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenCodebook:
    """A file written from a questionnaire.

    ``not_expressed`` are German sentences on what the questionnaire contains and the file's format
    cannot say.
    """

    data: bytes
    not_expressed: tuple[str, ...] = ()
