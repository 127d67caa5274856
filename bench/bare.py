"""The floor of P1: the same HTML, styles and options, given to WeasyPrint by nobody else.

``python -m bench.bare HTML OUTPUT IDENTIFIER VARIANT STYLESHEET …``
"""

import gc
import sys


def main(page: str, output: str, identifier: str, variant: str, *styles: str) -> None:
    gc.disable()
    import weasyprint

    weasyprint.HTML(filename=page).write_pdf(
        output, stylesheets=list(styles), pdf_variant=variant, pdf_identifier=bytes.fromhex(identifier)
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
