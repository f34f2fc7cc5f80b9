"""Lets ``python -m cycleplan`` run."""

from cycleplan.commands import main

if __name__ == "__main__":
    main()
