"""Shapes shared by the API's modules."""

from ninja import Schema


class Problem(Schema):
    """Why a request did not succeed, in words for a person; `field` names the input it is about."""

    detail: str
    field: str | None = None


class Clash(Schema):
    """Somebody saved in between: both versions of the fields that differ, and the version now held."""

    detail: str
    theirs: dict[str, object]
    yours: dict[str, object]
    version: int


class Reason(Schema):
    """Why, in words that stay in the history."""

    reason: str


class OpinionIn(Schema):
    """A specialist's opinion."""

    opinion: str
    base_version: int | None = None


REFUSALS: dict[int, type[Schema]] = {404: Problem, 409: Clash, 422: Problem}
