"""What the live view of learning rules is told of all rules, of what a synapse may have to know, and of what a rule is composed."""

from __future__ import annotations

from typing import Any, get_args

from models.specs.learning_rules import ADAPTER, MOST_RULES, rate_of
from models.specs.rules import AT_HAND, CONTROL, FORBIDDEN, INGREDIENTS, RULES, Recipe, RuleLane
from models.specs.rules_badges import rules_badges
from pages.ui.configuration import Configuration


def rules_data(config: Configuration) -> dict[str, Any]:
    """JSON-able: rules in the order in which they are offered, ingredients from the nearest to the farthest."""
    return {
        "most": MOST_RULES,
        "control": CONTROL,
        "rules": [_rule(name, config) for name in RULES],
        "ingredients": [{"name": name, "noun": noun, "at": at, "sentence": said} for name, (noun, at, said) in INGREDIENTS.items()],
        "at_hand": {name: {"word": word, "sentence": sentence} for name, (word, sentence) in AT_HAND.items()},
        "recipe": [_choice(name) for name in Recipe.model_fields],
        "forbidden": [{"parts": parts, "then": then, "sentence": sentence} for parts, then, sentence in FORBIDDEN],
        "rate": _bounds(),
        "badges": rules_badges(),
    }


def _rule(name: str, config: Configuration) -> dict[str, Any]:
    rule = RULES[name]
    told = {"name": rule.name, "title": rule.title, "equation": rule.equation, "hidden": rule.hidden, "knows": list(rule.knows)}
    return told | {"rate": _suiting(name, config)}


def _suiting(name: str, config: Configuration) -> float:
    """The rate that a lane of this rule has where none is given."""
    recipe = Recipe.model_validate({}) if name == "composed" else None
    return rate_of(RuleLane.model_validate({"rule": name, "recipe": recipe}), ADAPTER.validate_python(config.values))


def _choice(name: str) -> dict[str, Any]:
    field = Recipe.model_fields[name]
    choices = list(get_args(field.annotation))
    return {"name": name, "label": field.title, "help": field.description, "choices": choices, "usual": field.default}


def _bounds() -> dict[str, float]:
    schema = RuleLane.model_json_schema()["properties"]["rate"]
    inner = next(part for part in schema["anyOf"] if part.get("type") == "number")
    return {"minimum": inner["minimum"], "maximum": inner["maximum"]}
