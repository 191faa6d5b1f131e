"""Tables as people lay them out."""
