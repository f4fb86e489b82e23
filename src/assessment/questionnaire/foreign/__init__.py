"""Maturity models of others, loaded from the files in which they are published.

These loaders are for files an analyst or developer chose and trusts; uploads go through
:mod:`assessment.questionnaire.codebook_file`.
"""
