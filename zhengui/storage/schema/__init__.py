"""The tables of the file: made from the catalogue, brought up to it, and moved on by revisions."""
