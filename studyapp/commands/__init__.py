"""The jobs of the command line, one a file. They know no Qt."""
