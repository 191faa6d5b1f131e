"""Pictures of what a list comes to."""
