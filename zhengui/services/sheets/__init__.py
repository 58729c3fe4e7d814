"""Workbooks that go out to be filled or shown, and the folders of them that come back."""
