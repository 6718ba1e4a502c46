"""A two-dimensional code as a picture for a document."""

import io

import segno


def qr_svg(text: str) -> bytes:
    """A QR code that leads to `text`, as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, scale=4, border=2)
    return out.getvalue()
