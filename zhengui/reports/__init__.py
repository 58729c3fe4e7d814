"""From figures and wording to the printed page."""
