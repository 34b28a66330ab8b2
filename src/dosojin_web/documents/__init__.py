"""Letters and certificates as PDF.

In:  sheets (`kinds`), which hold every value that a document shows.
Out: PDF/A, the same bytes for the same sheet (`operations/render_document`); documents that are
     kept with their digest and never change (`operations/issue_document`), and the answer that
     brings one to a browser (`responses`).
Never: a value worked out in a template, an address of its own, a font or a package from elsewhere.

`words/` has the words of each language, `letters/` the typst templates, `fonts/` the faces,
`specimens` a made-up sheet of each kind.
"""
