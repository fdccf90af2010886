"""The guide: the pages of `resources/help`, read and searched in the program."""
