"""Decide who is who across documents and registers; add lineage, measures and findings."""
