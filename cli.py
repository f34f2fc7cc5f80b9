"""Doorstep: lets ``python cli.py`` run cycleplan from a checkout."""

from cycleplan.commands import main

if __name__ == "__main__":
    main()
