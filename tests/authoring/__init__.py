"""Rules are written: what an editor is told, what a rulebook begins with."""
