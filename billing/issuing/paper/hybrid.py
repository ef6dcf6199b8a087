# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says in a PDF's own description that an invoice is inside: what Factur-X / ZUGFeRD 2 asks of the XMP, and nothing else.

The XML itself is attached by typst; here only the metadata is added, with the schema that PDF/A wants for foreign names.
"""

from __future__ import annotations

import io
from typing import Final

import pikepdf
from lxml import etree

#: As attached by the template.
FILENAME: Final = "xrechnung.xml"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FX: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_FIELDS: Final = (
    ("DocumentType", "INVOICE", "INVOICE or ORDER"),
    ("DocumentFileName", FILENAME, "name of the embedded XML invoice file"),
    ("Version", "3.0", "version of the standard the XML follows"),
    ("ConformanceLevel", "XRECHNUNG", "conformance level of the embedded XML"),
)


def declared(pdf: bytes) -> bytes:
    """The same PDF with the description of its invoice; equal input gives equal bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        packet = opened.Root.Metadata.read_bytes()
        root = etree.fromstring(packet[packet.index(b"<x:xmpmeta") : packet.rindex(b"</x:xmpmeta>") + 12])
        described = next(root.iter(f"{{{_RDF}}}RDF"))
        described.append(etree.fromstring(_properties()))
        _add_schema(described)
        text = etree.tostring(root, encoding="unicode")
        opened.Root.Metadata.write(
            f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{text}<?xpacket end="r"?>'.encode()
        )
        kept = io.BytesIO()
        opened.save(kept, deterministic_id=True, fix_metadata_version=False)
    return kept.getvalue()


def _properties() -> str:
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value, _meaning in _FIELDS)
    return f'<rdf:Description xmlns:rdf="{_RDF}" xmlns:fx="{_FX}" rdf:about="">{values}</rdf:Description>'


_EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA: Final = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY: Final = "http://www.aiim.org/pdfa/ns/property#"


def _add_schema(described: etree._Element) -> None:
    """PDF/A allows one bag of schemas in a document; typst may have begun it."""
    bag = described.find(f".//{{{_EXTENSION}}}schemas/{{{_RDF}}}Bag")
    if bag is None:
        around = (
            f'<rdf:Description xmlns:rdf="{_RDF}" xmlns:pdfaExtension="{_EXTENSION}" rdf:about="">'
            "<pdfaExtension:schemas><rdf:Bag/></pdfaExtension:schemas></rdf:Description>"
        )
        described.append(etree.fromstring(around))
        bag = described.find(f".//{{{_EXTENSION}}}schemas/{{{_RDF}}}Bag")
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
        for name, _value, meaning in _FIELDS
    )
    item = (
        f'<rdf:li xmlns:rdf="{_RDF}" xmlns:pdfaSchema="{_SCHEMA}" xmlns:pdfaProperty="{_PROPERTY}" rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{_FX}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
    if bag is not None:
        bag.append(etree.fromstring(item))
