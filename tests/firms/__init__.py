"""Profiles of firms."""
