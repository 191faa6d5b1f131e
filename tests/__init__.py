"""Tests of Champion."""
