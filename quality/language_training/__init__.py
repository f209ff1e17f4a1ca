"""How the tables of ``dragoman.text.grams`` are trained; no part of the program."""
