"""The QR picture that an app on a phone reads the secret from."""

import io

import segno

PIXELS = 4


def picture_of(address: str) -> str:
    """An address as an SVG for the page itself, black on white in every theme, because cameras want it so."""
    drawn = io.BytesIO()
    picture = segno.make(address, error="m", micro=False)
    picture.save(drawn, kind="svg", scale=PIXELS, dark="#000", light="#fff", xmldecl=False, svgns=False, nl=False)
    return drawn.getvalue().decode()
