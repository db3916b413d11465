"""Finding candidate passages: by words and by vectors."""
