"""Official documents: one description and one layout, three writers (xlsx, pdf, docx).

``table_document`` is the way in. Importing this package is cheap: reportlab, openpyxl, docx, pypdfium2 and
fontTools are loaded by the function that first needs them.
"""
