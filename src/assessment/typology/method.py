"""The methods a typology can be made with, and what each expects."""

from enum import StrEnum


class InputKind(StrEnum):
    """What the chosen questions are, taken together."""

    RATED = "rated"
    """A battery of goals rated on one scale."""
    RANKED = "ranked"
    """Goals put in order, fully or the first few."""
    RATED_AND_RANKED = "rated_and_ranked"
    """Both of the same municipalities."""
    CHOICES = "choices"
    """Named or not named (multiple choice)."""
    CATEGORIES = "categories"
    """Questions with unordered or mixed options."""
    NUMBERS = "numbers"


class Method(StrEnum):
    """How types are found."""

    JOINT = "joint"
    """Ratings with response style and ranking in one latent class model."""
    RESPONSE_STYLE = "response_style"
    """Ordinal latent class model with random shift and extremity."""
    PLACKETT_LUCE = "plackett_luce"
    """Mixture of Plackett–Luce rankings."""
    LATENT_CLASS = "latent_class"
    """Latent class model without response style; Bernoulli for multiple choice."""
    CENTRED_KMEANS = "centred_kmeans"
    """k-means on row-centred, row-scaled answers."""
    WARD = "ward"
    """Ward and k-means consolidation on row-centred answers."""
    HCPC = "hcpc"
    """Principal components or MCA, Ward, consolidation (FactoMineR)."""
    RAW_KMEANS = "raw_kmeans"
    """k-means on answers as they stand: the negative control."""


PRIMARY = {
    InputKind.RATED_AND_RANKED: Method.JOINT,
    InputKind.RATED: Method.RESPONSE_STYLE,
    InputKind.RANKED: Method.PLACKETT_LUCE,
    InputKind.CHOICES: Method.LATENT_CLASS,
    InputKind.CATEGORIES: Method.LATENT_CLASS,
    InputKind.NUMBERS: Method.HCPC,
}
"""The method a kind of input calls for, unless the analyst chooses another."""

METHODS_FOR = {
    InputKind.RATED_AND_RANKED: (
        Method.JOINT,
        Method.RESPONSE_STYLE,
        Method.PLACKETT_LUCE,
        Method.CENTRED_KMEANS,
        Method.WARD,
        Method.LATENT_CLASS,
        Method.RAW_KMEANS,
    ),
    InputKind.RATED: (
        Method.RESPONSE_STYLE,
        Method.CENTRED_KMEANS,
        Method.WARD,
        Method.LATENT_CLASS,
        Method.RAW_KMEANS,
    ),
    InputKind.RANKED: (Method.PLACKETT_LUCE, Method.LATENT_CLASS, Method.RAW_KMEANS),
    InputKind.CHOICES: (Method.LATENT_CLASS, Method.HCPC, Method.RAW_KMEANS),
    InputKind.CATEGORIES: (Method.LATENT_CLASS, Method.HCPC),
    InputKind.NUMBERS: (Method.HCPC, Method.RAW_KMEANS),
}
"""All methods that can read a kind of input; the first is the primary one."""

METHOD_NAMES = {
    Method.JOINT: "Bewertungen und Vorrang gemeinsam",
    Method.RESPONSE_STYLE: "Klassenmodell mit Antwortstil",
    Method.PLACKETT_LUCE: "Rangfolgen-Modell (Plackett–Luce)",
    Method.LATENT_CLASS: "Klassenmodell ohne Antwortstil",
    Method.CENTRED_KMEANS: "k-Means auf zentrierten Antworten",
    Method.WARD: "Ward-Verfahren auf zentrierten Antworten",
    Method.HCPC: "Hauptachsen, Ward-Verfahren, Nachordnung",
    Method.RAW_KMEANS: "k-Means auf Rohwerten (Gegenprobe)",
}
