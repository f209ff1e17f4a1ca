"""``python -m dragoman``: the command."""

from dragoman.cli import main

main()
