"""What went wrong with a document: a stable code, the place, and a sentence."""


class VcError(ValueError):
    """A document, proof or key that cannot be accepted.

    `code` is stable and kebab-case; `path` is a JSON path such as `credentialSubject.achievement.name`
    or `proof[1].created`, "" for the whole; `message` is English.
    """

    def __init__(self, code: str, message: str, path: str = "") -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.code = code
        self.path = path
        self.message = message

    def at(self, path: str) -> "VcError":
        """The same fault told at another place."""
        return type(self)(self.code, self.message, path)


class TooMuch(VcError):
    """A limit of `Limits` was passed: the work was stopped, nothing is said about the document."""


def child(path: str, key: str | int) -> str:
    """The path of a member or item: `child("a", "b")` is `a.b`, `child("a", 0)` is `a[0]`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key
