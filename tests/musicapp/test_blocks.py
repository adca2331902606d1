"""Claims about documents: what a page, a mail and a chat say of the same numbers."""

import json

from musicapp.blocks import as_json, from_json
from musicapp.blocks.samples import sample_document


def test_a_document_comes_back_from_json_as_it_was() -> None:
    document = sample_document()
    assert from_json(json.loads(json.dumps(as_json(document)))) == document
