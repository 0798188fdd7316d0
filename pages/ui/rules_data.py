"""What the live view of learning rules is told of all rules, of what a synapse may have to know, and of what a rule is composed."""

from __future__ import annotations

from typing import Any, get_args

from models.specs.learning_rules import ADAPTER, MOST_RULES, rate_of
from models.specs.rules import (
    AT_HAND,
    COMPOSED_BOUND,
    COMPOSED_NOISE,
    CONTROL,
    FORBIDDEN,
    INGREDIENTS,
    RULES,
    Recipe,
    RuleLane,
    hidden_share,
)
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
        "composed": _composed(config),
        "rate": _bounds(),
        "badges": rules_badges(),
    }


def _rule(name: str, config: Configuration) -> dict[str, Any]:
    """`rate`: what a lane of this rule has where none is given."""
    rule = RULES[name]
    told = {"name": rule.name, "title": rule.title, "equation": rule.equation, "hidden": rule.hidden, "knows": list(rule.knows)}
    lane = _lane("error_fixed") if name == "composed" else RuleLane.model_validate({"rule": name})
    return told | {"rate": rate_of(lane, ADAPTER.validate_python(config.values)), "hidden_share": rule.hidden_share}


def _composed(config: Configuration) -> dict[str, Any]:
    """What a recipe makes of a lane: its rate by the third factor, ρ without one by what keeps it in bounds, κ and σ."""
    spec = ADAPTER.validate_python(config.values)
    thirds, keeps = (get_args(Recipe.model_fields[part].annotation) for part in ("third", "keep"))
    return {
        "rates": {third: rate_of(_lane(third), spec) for third in thirds},
        "shares": {keep: hidden_share(_lane("none", keep)) for keep in keeps},
        "bound": COMPOSED_BOUND,
        "noise": COMPOSED_NOISE,
    }


def _lane(third: str, keep: str = "none") -> RuleLane:
    return RuleLane.model_validate({"rule": "composed", "recipe": {"third": third, "keep": keep}})


def _choice(name: str) -> dict[str, Any]:
    field = Recipe.model_fields[name]
    choices = list(get_args(field.annotation))
    return {"name": name, "label": field.title, "help": field.description, "choices": choices, "usual": field.default}


def _bounds() -> dict[str, float]:
    schema = RuleLane.model_json_schema()["properties"]["rate"]
    inner = next(part for part in schema["anyOf"] if part.get("type") == "number")
    return {"minimum": inner["minimum"], "maximum": inner["maximum"]}
