"""Champion over HTTP."""
