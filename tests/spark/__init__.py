"""Screening on Spark."""
