"""Records and what is kept with them: history, attachments, drafts, reviews, reports."""
