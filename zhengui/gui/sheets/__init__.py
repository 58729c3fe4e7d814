"""收发表格: workbooks out to the villages and back, and the forms that others ask for."""
