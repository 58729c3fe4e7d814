"""The editor of a document: outline, text with chips, what to look at before issuing, and the way to an issue."""
