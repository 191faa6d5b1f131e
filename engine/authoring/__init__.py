"""What helps whoever writes rules, in an editor and from the first line on.

In: a vocabulary, or a rulebook to begin from. Out: JSON Schemas, and files to fill in. Must not know: how it is
printed.

slots: what each key is for, in both languages: `words.csv`, a `slot`
together: keys that go together or exclude each other: dependent, one of, where
beginning: `begin` a rulebook from another: its cases, an entry among the changes, the folder that it needs
draft: its text: `head`, `explained` parts, the `overlay` of an area
schema: `editor_schemas` of rulebooks, cases, facts, ladder, routes, documents: `enum` of fact ids, options, answers
schema_files: `write_schemas` of a folder
"""
