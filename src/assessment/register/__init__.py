"""The official register of municipalities: keys checked and names found, without a network.

State 31.08.2025 (Gemeindeverzeichnis GV100AD, © Statistisches Bundesamt (Destatis), 2025).
"""

from assessment.register.model import (
    KeyCheck,
    KeyStatus,
    Level,
    Municipality,
    NameMatch,
    RegisterFacts,
)
from assessment.register.register import Register, load_register
from assessment.register.simulated_keys import (
    SIMULATED_PER_LAND,
    is_simulated_key,
    simulated_ars,
    simulated_kreis_key,
    simulated_municipality_key,
    simulated_verband_key,
)
from assessment.register.size_classes import (
    KGST_KREISE,
    KGST_MUNICIPALITIES,
    SizeClass,
    population_class_of,
    size_class_of,
)

__all__ = [
    "KGST_KREISE",
    "KGST_MUNICIPALITIES",
    "SIMULATED_PER_LAND",
    "KeyCheck",
    "KeyStatus",
    "Level",
    "Municipality",
    "NameMatch",
    "Register",
    "RegisterFacts",
    "SizeClass",
    "is_simulated_key",
    "load_register",
    "population_class_of",
    "simulated_ars",
    "simulated_kreis_key",
    "simulated_municipality_key",
    "simulated_verband_key",
    "size_class_of",
]
