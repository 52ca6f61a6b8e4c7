"""What a record names must be there before it, and what it brings must not be. Each says the field, and what to do."""

from typing import Any


def refuse_known(model: Any, what: str, record_id: int) -> None:
    """Raises ValueError when this id is taken."""
    if model.objects.filter(id=record_id).exists():
        raise ValueError(f"id: {what} {record_id} is on this board already")


def refuse_missing(model: Any, field: str, what: str, record_id: int | None) -> None:
    """Raises ValueError when a record names what is not there; naming nothing is no fault."""
    if record_id is not None and not model.objects.filter(id=record_id).exists():
        raise ValueError(
            f"{field}: there is no {what} {record_id} before this line. Put its line above this one"
        )


def need(is_so: object, field: str, told: str) -> None:
    """Raises ValueError for a field, unless it is so."""
    if not is_so:
        raise ValueError(f"{field}: {told}")
