"""Every evaluator says what the definition says."""
