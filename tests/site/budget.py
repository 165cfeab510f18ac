"""What a page makes a browser load, read from the published files, and what of it is too much."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.built import BuiltSite

LIMIT = 35_000
"""Bytes of a page's HTML, styles and scripts together, compressed by gzip -9."""

MAX_FONTS = 1

# Links whose address a browser loads or connects to on its own.
_LOADING = ["apple-touch-icon", "dns-prefetch", "icon", "manifest", "modulepreload", "preconnect"]
_LOADING += ["prefetch", "preload", "prerender", "stylesheet"]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?['\"]?([^'\")\s]+)")
_CSS_ADDRESS = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")
_FONT_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_JS_IMPORT = re.compile(r"^\s*(?:import|export)\b[^;(]*?['\"]([^'\"]+)['\"]", re.MULTILINE)


@dataclass(frozen=True)
class Load:
    """What the page in the file ``path`` of a site loads before its reader does anything."""

    site: BuiltSite
    path: str

    @cached_property
    def weights(self) -> dict[str, int]:
        """Compressed bytes of the page, its styles and its scripts, by file."""
        files = [self.path, *filter(None, map(self.site.file_at, [*self.styles, *self.scripts]))]
        return {path: len(gzip.compress(self._bytes(path), 9, mtime=0)) for path in files}

    @cached_property
    def styles(self) -> dict[str, str]:
        """The style sheets with those that they import: their texts, by complete address."""
        return self._with_imports(self._of("//link[contains(@rel, 'stylesheet')]"), _CSS_IMPORT)

    @cached_property
    def scripts(self) -> dict[str, str]:
        """The scripts with the modules that they import, likewise."""
        named = [*self._of("//script[@src]"), *self._of("//link[@rel='modulepreload']")]
        return self._with_imports(named, _JS_IMPORT)

    @property
    def blocking(self) -> list[str]:
        """Addresses of scripts that hold back the page's first picture."""
        classic = "not(@async) and not(@defer) and not(@type='module')"
        return [*self._of(f"//script[@src][{classic} or @blocking]")]

    @cached_property
    def faces(self) -> list[str]:
        """The declarations of each font face."""
        texts = (_COMMENT.sub("", text) for text in self.styles.values())
        return [face for text in texts for face in _FONT_FACE.findall(text)]

    @property
    def fonts(self) -> set[str]:
        """Complete addresses of font files."""
        named = {
            urljoin(address, font)
            for address, text in self.styles.items()
            for face in _FONT_FACE.findall(_COMMENT.sub("", text))
            for font in _CSS_ADDRESS.findall(face)
        }
        return named | self.preloaded_fonts

    @property
    def preloaded_fonts(self) -> set[str]:
        """Those that the page asks for at once, as browsers ask for fonts (without credentials)."""
        return set(self._of("//link[@rel='preload'][@as='font'][@crossorigin]"))

    @property
    def addresses(self) -> set[str]:
        """Complete addresses of all that the browser loads on its own."""
        linked = " or ".join(f"contains(concat(' ', @rel, ' '), ' {rel} ')" for rel in _LOADING)
        found = {*self._of(f"//link[{linked}]"), *self._of("//*[@src]"), *self._of("//*[@poster]")}
        for candidates in self._page.xpath("//@srcset"):
            found |= {self._complete(it.split()[0]) for it in re.split(r",\s+", candidates.strip())}
        for address, text in self.styles.items():
            found |= {urljoin(address, it) for it in _CSS_ADDRESS.findall(_COMMENT.sub("", text))}
        return found | self.styles.keys() | self.scripts.keys()

    def breaches(self) -> list[str]:
        """What is too much, in words."""
        found = [
            f"{address} is loaded from elsewhere"
            for address in sorted(self.addresses)
            if not address.startswith((self.site.base_url, "data:"))
        ]
        found += [f"{address} holds back the page" for address in self.blocking]
        if (total := sum(self.weights.values())) > LIMIT:
            found.append(f"{total} bytes are more than {LIMIT}: {self.weights}")
        return found + list(self._faults_of_fonts())

    def _faults_of_fonts(self) -> Iterator[str]:
        if len(self.fonts) > MAX_FONTS:
            yield f"{len(self.fonts)} font files: {sorted(self.fonts)}"
        for font in sorted(self.fonts):
            if not font.partition("?")[0].endswith(".woff2"):
                yield f"{font} is not WOFF2"
            if font not in self.preloaded_fonts:
                yield f"{font} is not preloaded"
        stand_ins = [face for face in self.faces if "local(" in face and "size-adjust" in face]
        if self.fonts and not any("ascent-override" in face for face in stand_ins):
            yield "no local font with the web font's metrics stands in while it loads"

    @cached_property
    def _page(self) -> Any:
        return next(page for page in self.site.pages if page.path == self.path).html

    def _of(self, path: str) -> Iterator[str]:
        for element in self._page.xpath(path):
            yield self._complete(element.get("href") or element.get("src") or element.get("poster"))

    def _complete(self, address: str) -> str:
        return urljoin(self.site.url_of(self.path), address)

    def _with_imports(self, addresses: list[str] | Iterator[str], imported: Any) -> dict[str, str]:
        texts: dict[str, str] = {}
        waiting = list(addresses)
        while waiting:
            address = waiting.pop()
            path = self.site.file_at(address) if address.startswith(self.site.base_url) else None
            if address not in texts:
                texts[address] = self._bytes(path).decode() if path else ""
                waiting += [urljoin(address, it) for it in imported.findall(texts[address])]
        return texts

    def _bytes(self, path: str) -> bytes:
        return (self.site.folder / path).read_bytes()
