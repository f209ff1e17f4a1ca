"""The judgement of `rights.core_refusals` as SQL, made from the same table. A test holds the two equal."""

from typing import Final

from msgspec import structs

from dragoman.route.rights import RULES, Core, Rule

PARAMETERS: Final = tuple(field.name for field in structs.fields(Core))
"""The parameters of the SQL function, in order; by default also the names of the columns."""

_TYPES: Final = {"advance": "boolean", "agreement_state": "text", "item_state": "text", "act": "text", "action": "text"}


def expression(**columns: str) -> str:
    """One SQL expression, true or false and never NULL, over the `PARAMETERS`, or the columns given in their place.

    It calls no function, not even the clock, so it may stand in a policy, a view or an index.
    """
    name = dict(zip(PARAMETERS, PARAMETERS, strict=True)) | columns
    cases = "\n".join(f"      WHEN {_when(rule, name)}\n      THEN {_then(rule, name)}" for rule in RULES)
    return f"COALESCE(\n  {name['grant_since']} <= {name['now']} AND\n    CASE\n{cases}\n      ELSE false\n    END,\n  false)"


def function(name: str = "may") -> str:
    """The whole `CREATE FUNCTION`, without `OR REPLACE`. PostgreSQL puts its body in place of the call."""
    parameters = ", ".join(f"{parameter} {_TYPES.get(parameter, 'timestamptz')}" for parameter in PARAMETERS)
    head = f"CREATE FUNCTION {name}({parameters}) RETURNS boolean"
    return f"{head}\nLANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$\nSELECT {expression()}\n$$;\n"


def _when(rule: Rule, name: dict[str, str]) -> str:
    asked = ((name["action"], rule.actions), (name["item_state"], rule.states), (name["act"], rule.acts))
    return " AND ".join(f"{column} IN ({_listed(words)})" for column, words in asked)


def _then(rule: Rule, name: dict[str, str]) -> str:
    if not rule.running:
        return "true"
    now, until, embargo = name["now"], name["valid_until"], name["embargoed_until"]
    ahead = f"{name['advance']} OR " if rule.ahead else ""
    return (
        f"{name['grant_withdrawn']} IS NULL AND {name['agreement_state']} = 'active'\n"
        f"        AND {name['valid_from']} <= {now} AND ({until} IS NULL OR {now} < {until})\n"
        f"        AND ({ahead}{embargo} IS NULL OR {embargo} <= {now})"
    )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
