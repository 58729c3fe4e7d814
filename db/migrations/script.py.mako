"""${message}."""

${imports if imports else "from alembic import op"}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Change the tables of a file that has revision ${down_revision}."""
    ${upgrades if upgrades else "op.get_bind()"}
