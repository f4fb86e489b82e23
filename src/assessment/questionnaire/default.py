"""The questionnaire that comes with the product."""

from functools import cache

from assessment.content import data_path
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.yaml_file import load_questionnaire

DEFAULT_FILE = "kommunal_2026.yaml"


@cache
def default_questionnaire() -> Questionnaire:
    """The 110 items of edition 2026.1 (``data/questionnaire/kommunal_2026.yaml``).

    Read and validated once per process; the result is frozen and may be shared.
    """
    return load_questionnaire(data_path("questionnaire", DEFAULT_FILE))
