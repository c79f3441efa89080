"""A page of HTML made into a tagged PDF (PDF/UA-1), by a process of its own.

Setting a document takes a second or two of one processor. In the process that also takes answers it would
hold everybody up; so this file is run as a program, which reads HTML and writes a PDF. It knows nothing of
Pulse: no settings, no database, no secret. It fetches nothing: a picture that is not in the page itself is
refused, and so is any style but the file it is named, so that nothing that anybody typed can make it open a
file or an address.
"""

import subprocess
import sys
from functools import lru_cache
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

#: seconds for one document that somebody waits for, and for one that a command makes
_PATIENCE, _LONG_PATIENCE = 60, 300
_NO_PROGRAM: Final = 3
#: all that the program is told of its surroundings
_KNOWN = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


class NoPdf(RuntimeError):
    """No PDF can be made; the message says why and what to do."""


@lru_cache(maxsize=8)
def make_pdf(html: str, style: Path) -> bytes:
    """The page as a PDF, for a request; raises NoPdf or TooBusy. The same page gives the same bytes: a few
    are kept.
    """
    from pulse.web.turns import one_at_a_time  # noqa: PLC0415 - run as a program, this file knows no Pulse

    with one_at_a_time():
        return _run(html, style, _PATIENCE)


def set_pages(html: str, style: Path) -> bytes:
    """The page as a PDF, for a command; raises NoPdf. Nothing of it is kept: it may hold links and codes."""
    return _run(html, style, _LONG_PATIENCE)


def _run(html: str, style: Path, patience: int) -> bytes:
    from pulse.languages.saying import gettext as _  # noqa: PLC0415 - run as a program, this file knows no Pulse

    with TemporaryDirectory() as folder:
        surroundings = {name: environ[name] for name in _KNOWN if name in environ}
        command = [sys.executable, "-I", str(Path(__file__).resolve()), str(style)]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, and nothing typed is an argument
                command,
                input=html.encode(),
                capture_output=True,
                cwd=folder,
                env=surroundings | {"HOME": folder},
                timeout=patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NoPdf(_("The PDF took too long to make: try again.")) from None
    if done.returncode == _NO_PROGRAM:
        raise NoPdf(_("This machine cannot make PDFs: ask whoever runs Pulse to install Pango."))
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NoPdf(_("The PDF could not be made: tell whoever runs Pulse."))
    return done.stdout


def _main() -> int:
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - only the program needs it, and Pango may be missing
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError):
        return _NO_PROGRAM

    nothing = URLFetcher(allowed_protocols=())
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing)
    style = CSS(string=Path(sys.argv[1]).read_text(), url_fetcher=nothing)
    sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[style]))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
