"""Start 政规: the window without arguments, the command line with them."""

import gc
import sys

from zhengui.app import main

if __name__ == "__main__":
    status = main()
    if "PySide6" not in sys.modules:
        # What a command leaves goes with its process: to look through all of it for garbage once more takes a tenth of a second.
        gc.freeze()
    raise SystemExit(status)
