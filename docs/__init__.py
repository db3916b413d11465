"""The documentation, and the program that holds its generated part against the code."""
