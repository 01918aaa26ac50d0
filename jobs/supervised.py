"""A child of the supervisor: runs a module as `python -m` does, and ends when the supervisor is no more.

`python -m jobs.supervised MODULE [ARGUMENT…]`. The supervisor holds the other end of the standard input; however it
ends, even by kill -9, this end then says so, and nothing is left running behind it.
"""

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Run the module named on the command line."""
    threading.Thread(target=_end_with_supervisor, name="supervisor", daemon=True).start()
    module = sys.argv[1]
    sys.argv = sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_supervisor() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
