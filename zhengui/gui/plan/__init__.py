"""The tab 年度计划: the items of a year's plan, part by part."""
