"""What a child of the supervisor may be like; the first argument says which, the second names a file to write to."""

import os
import signal
import sys
import time
from pathlib import Path


def main() -> None:
    """Be that child."""
    kind, log = sys.argv[1], Path(sys.argv[2])
    with log.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if kind == "fails":
        sys.exit(7)
    if kind == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if kind == "polite":
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(log.with_suffix(".ended").write_text("ended")))
    time.sleep(60)


if __name__ == "__main__":
    main()
