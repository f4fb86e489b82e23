"""Measurements the project quotes; printed, never asserted. Run all: ``python -m benchmarks``."""
