"""XML read into a small tree that knows its lines, with limits: no DTD, no entities, bounded size, depth and count."""

import io
import xml.sax
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from django.utils.translation import gettext as _

from dorobek.validation.rules.testing.qti.shapes import Unreadable

LARGEST = 512_000
MOST_NODES = 5_000
DEEPEST = 40


@dataclass(slots=True)
class Node:
    """An element without its prefix; `parts` are texts and elements in their order."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    parts: list["Node | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        return [one for one in self.parts if isinstance(one, Node)]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def all(self, *names: str) -> Iterator["Node"]:
        """Elements of these names anywhere below, in the order of the document."""
        for child in self.children:
            if child.name in names:
                yield child
            yield from child.all(*names)

    def first(self, *names: str) -> "Node | None":
        return next(self.all(*names), None)

    @property
    def text(self) -> str:
        """All words below, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()


def parse(content: bytes, file: str = "") -> Node:
    """The root of a document. Raises Unreadable with the line."""
    if len(content) > LARGEST:
        raise Unreadable(_("plik jest za duży: najwyżej %d kB.") % (LARGEST // 1000), file=file)
    handler = _Handler(file)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException as fault:
        raise Unreadable(_("plik ma wstawki DTD albo encje, których nie czytamy."), handler.line, file) from fault
    except xml.sax.SAXParseException as fault:
        raise Unreadable(_("to nie jest poprawny XML."), fault.getLineNumber(), file) from fault
    except (xml.sax.SAXException, ValueError, LookupError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable(_("to nie jest poprawny XML."), handler.line, file) from fault
    if handler.root is None:
        raise Unreadable(_("plik jest pusty."), file=file)
    return handler.root


class _Handler(ContentHandler):
    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.where: Any = None

    @property
    def line(self) -> int | None:
        return self.where.getLineNumber() if self.where is not None else None

    def setDocumentLocator(self, locator: Any) -> None:
        self.where = locator

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        self.count += 1
        if self.count > MOST_NODES or len(self.open) >= DEEPEST:
            raise Unreadable(_("plik jest zbyt rozbudowany."), self.line, self.file)
        given = {key[1]: str(value) for key, value in attrs.items() if not key[0]}
        node = Node(name[1], name[0] or "", given, self.line or 0)
        if self.open:
            self.open[-1].parts.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def endElementNS(self, name: Any, qname: Any) -> None:
        self.open.pop()

    def characters(self, content: str) -> None:
        if self.open:
            self.open[-1].parts.append(content)
