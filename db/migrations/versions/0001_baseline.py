"""The first released layout; its tables are made from the catalogue, so this step changes nothing."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing is older than this."""
