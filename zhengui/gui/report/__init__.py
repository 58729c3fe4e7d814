"""The tab 总结报告: the text with its figures, what to look at before printing, and the printed pages."""
