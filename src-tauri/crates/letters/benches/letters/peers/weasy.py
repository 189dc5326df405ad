"""Prints HTML files to PDF in one WeasyPrint process: weasy.py FOLDER."""

import pathlib
import sys

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
for page in sorted(pathlib.Path(sys.argv[1]).glob("*.html")):
    HTML(filename=str(page)).write_pdf(page.with_suffix(".pdf"), font_config=fonts)
