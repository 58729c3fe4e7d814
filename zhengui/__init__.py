"""政规 (Zhengui): a township's ledgers, figures and yearly document."""

__version__ = "0.2.0"
