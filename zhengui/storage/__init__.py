"""The township's one encrypted file; the only package that knows SQL."""
