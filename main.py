"""Start 政规: the window without arguments, the command line with them."""

from zhengui.app import main

if __name__ == "__main__":
    raise SystemExit(main())
