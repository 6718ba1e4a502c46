"""What is wrong with a programme's data: where, and in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """`path` like `meetings.max_count` or `variants[1].documents[0]`; "" for the whole."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class SchemaError(ValueError):
    """A programme's data cannot be used. `errors` holds every fault found, in order of the file."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors
