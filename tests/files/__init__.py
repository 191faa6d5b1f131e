"""Files of every kind, as people and strangers make them."""
