"""Where ``cycleplan`` and ``python -m cycleplan`` begin."""

from cycleplan.interrupts import leave_on_interrupt, stay_to_the_end


def main() -> None:
    """Run cycleplan; Ctrl-C gives 130 from here on, also while the commands are read."""
    leave_on_interrupt()
    from cycleplan.commands import main as run

    try:
        run()
    finally:
        stay_to_the_end()


if __name__ == "__main__":
    main()
