"""The settings of a run that may change while it goes on, within the bounds of its spec."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from models.types import Change, Refused, Settings, refusal


class LiveSettings:
    """`values`: the fields of these `names` as they are now; one dictionary for whoever reads them. `example`: a right “set”, in JSON."""

    def __init__(self, adapter: TypeAdapter[Any], spec: Any, names: tuple[str, ...], example: str) -> None:
        self._adapter, self._spec, self._example = adapter, spec, example
        self.values: Settings = {name: getattr(spec, name) for name in names}

    def set(self, values: Any) -> Change:
        """Takes these values; returns the change that undoes it. Raises Refused, and then nothing has changed."""
        if not isinstance(values, dict) or not values:
            raise Refused("values", f"“set” takes values: a setting and its value, for example {self._example}.")
        for name in values:
            if name not in self.values:
                can = ", ".join(self.values)
                raise Refused(str(name)[:40], f"“{str(name)[:40]}” cannot change while a run goes on; {can} can.")
        checked = self.within_bounds(values)
        before = {name: self.values[name] for name in values}
        self.values.update(checked)
        return {"command": "set", "values": before}

    def within_bounds(self, values: Settings) -> Settings:
        """These settings as the spec takes them. Raises Refused."""
        try:
            checked = self._adapter.validate_python({**self._spec.model_dump(), **self.values, **values})
        except ValidationError as error:
            raise refusal(error) from None
        return {name: getattr(checked, name) for name in values}
