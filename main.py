"""Start 政规: the window without arguments, the command line with them."""

from zhengui.app import whole_program

if __name__ == "__main__":
    raise SystemExit(whole_program())
