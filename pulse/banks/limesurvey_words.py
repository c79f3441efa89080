"""The words of a text with markup, as a browser shows them."""

from html.parser import HTMLParser

from pulse.banks.limits import MAX_CELL

#: what a browser shows apart from the words before it
_BLOCKS = frozenset(
    ("p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "td", "th", "table", "hr")
)
_UNSHOWN = frozenset(("script", "style", "template"))


class _Words(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.marked = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.marked = True
        self._hidden += tag in _UNSHOWN
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSHOWN and self._hidden > 0
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def words_of(markup: str) -> tuple[str, bool]:
    """(the words of a text as a browser shows them, whether there was markup to take out)."""
    words = _Words()
    words.feed(markup[:MAX_CELL])
    words.close()
    return " ".join("".join(words.parts).split()), words.marked
