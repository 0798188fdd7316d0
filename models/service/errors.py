"""What the service answers when it cannot do what was asked: a code and one sentence."""

from __future__ import annotations

from typing import ClassVar


class ServiceError(Exception):
    """Base of every answer that is not a success. `code` is the HTTP status."""

    code: ClassVar[int] = 500

    def __init__(self, sentence: str, field: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.retry_after = retry_after


class Forbidden(ServiceError):
    code = 403


class NotFound(ServiceError):
    code = 404


class Conflict(ServiceError):
    """The command is not legal in the run's present status."""

    code = 409


class TooLarge(ServiceError):
    code = 413


class UnsupportedType(ServiceError):
    code = 415


class Unprocessable(ServiceError):
    """A value is wrong; `field` names it and the sentence names its bound."""

    code = 422


class AtCapacity(ServiceError):
    code = 429


class Unavailable(ServiceError):
    """The worker was lost while it answered; trying again is right."""

    code = 503


BY_CODE: dict[int, type[ServiceError]] = {
    kind.code: kind for kind in (Forbidden, NotFound, Conflict, TooLarge, UnsupportedType, Unprocessable, AtCapacity, Unavailable)
}


def error_from(code: int, sentence: str, field: str | None = None) -> ServiceError:
    """The error that a worker described by its code."""
    kind = BY_CODE.get(code, ServiceError)
    return kind(sentence, field)
