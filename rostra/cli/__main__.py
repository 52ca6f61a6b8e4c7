"""`python -m rostra.cli`."""

from rostra.cli import main

main()
