"""Doorstep: lets ``python cli.py`` run cycleplan from a checkout."""

from cycleplan.__main__ import main

if __name__ == "__main__":
    main()
