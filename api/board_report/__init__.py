"""The board report: sections of headings, paragraphs, tables and pictures, as a page and as a tagged PDF."""
