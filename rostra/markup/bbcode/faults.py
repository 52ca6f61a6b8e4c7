"""What can be wrong with the definition of a tag. Those who show it put it into words."""

from enum import StrEnum


class Why(StrEnum):
    """Why a definition is not taken. `{}` is the thing that `Unusable` names."""

    TOO_LONG = "too long: {} characters"
    EMPTY = "empty"
    NO_USAGE = "not the form of a tag: {}"
    NAME_TAKEN = "[{}] is a stock tag"
    NAME_FORM = "no name for a tag: {}"
    OTHER_CLOSING = "another tag is closed: {}"
    NO_TYPE = "there is no token {}"
    GIVEN_TWICE = "the token {} is there twice"
    ATTRIBUTE_TWICE = "the attribute {} is there twice"
    TEXT_AS_VALUE = "{} is a text, and stands where a value does"
    TEXT_NOT_ONCE = "{} is not there once"
    NOT_IN_USAGE = "{} is not in the usage"
    NAME_FILLED_IN = "a token in the name of a tag: {}"
    UNKNOWN_TAG = "[{}] is no stock tag"
    UNFINISHED = "not finished: {}"
    NOT_CLOSED = "[{}] is not closed"
    NOT_OPENED = "[/{}] closes nothing"


class Unusable(Exception):
    """A definition that is not taken: in which `field` (usage or template), why, which thing, and how much may be."""

    def __init__(self, field: str, why: Why, thing: str = "", most: int = 0) -> None:
        super().__init__(f"{field}: {why.format(thing)}")
        self.field, self.why, self.thing, self.most = field, why, thing, most
