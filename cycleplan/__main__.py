"""Where ``cycleplan`` and ``python -m cycleplan`` begin."""

from cycleplan.interrupts import leave_on_interrupt


def main() -> None:
    """Run cycleplan; Ctrl-C gives 130 from here on, also while the commands are read."""
    leave_on_interrupt()
    from cycleplan.commands import main as run

    run()


if __name__ == "__main__":
    main()
