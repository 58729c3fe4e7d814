"""The county's own forms, filled from the records, and the register of who asks for which."""
