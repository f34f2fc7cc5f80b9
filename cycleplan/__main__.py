"""Where ``cycleplan`` and ``python -m cycleplan`` begin."""

import gc

from cycleplan.interrupts import leave, leave_on_interrupt


def main() -> None:
    """Run cycleplan; Ctrl-C gives 130 from here on, also while the commands are read."""
    leave_on_interrupt()
    gc.disable()  # a command is over before the collector would earn its time
    from cycleplan.commands import main as run

    try:
        run()
    except SystemExit as done:
        leave(int(done.code or 0))


if __name__ == "__main__":
    main()
