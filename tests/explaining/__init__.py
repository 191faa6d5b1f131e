"""What is said of one firm."""
