"""Finding words again: what is kept to be searched, what was asked for, and what of it the reader may read.

`texts` and `stems` make words comparable, `query` reads what was typed, `engine` asks the database's index, `words` and
`index` keep that index, `results`, `snippets` and `people` make the page.
"""
