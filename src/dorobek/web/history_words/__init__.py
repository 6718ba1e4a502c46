"""The history of changes in words (XX-4): one sentence for every kind an action records, and what changed in it.

    for told in tell(entries, reader=request.user, person=audit.person): ...

`sentences.py` holds one sentence for each kind; a test reads the kinds out of the source and fails on a missing one.
`fields.py` holds the names of what changes; a test fails on a column of a person's table that has none.
"""

from dorobek.web.history_words.fields import FIELDS, UNTOLD
from dorobek.web.history_words.sentences import SENTENCES, sentence
from dorobek.web.history_words.telling import Change, Told, tell

__all__ = ["FIELDS", "SENTENCES", "UNTOLD", "Change", "Told", "sentence", "tell"]
