"""Digital maturity assessment for German municipalities.

The package works without a browser; only :mod:`assessment.ui` knows streamlit.
Importing it is cheap on purpose: the import worker starts a fresh interpreter for every file.
"""

__version__ = "0.1.0"
