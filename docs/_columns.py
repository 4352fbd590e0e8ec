"""Print the tables of columns and options that docs/how-to/your-own-data.md shows.

.venv/bin/python docs/_columns.py
"""

from __future__ import annotations

from comity.inference.evidence.adapters import ADAPTERS, Adapter
from comity.inference.evidence.columns import Column
from comity.inference.evidence.sheet import GENERAL

OPTIONS = {
    "step": "between two amounts of a menu; 1 unless given",
    "grid": "number of amounts in a menu, whatever the total; amounts between are rounded",
    "recipients": "recipients, the decider first, each with the name of its columns, in which `{}` "
    "stands for the option",
    "role": "whose decisions to read",
    "expect": "whether people expect what is frequent in the `data`, or all alike (`even`)",
    "last_round": "the round after which nobody comes back",
    "shares": "number of shares of the return that an investor reckons with",
    "strategy": "name of the columns of a strategy method, in which `{}` stands for the amount",
    "payoffs": "R, S, T and P, and `delta` where another round is uncertain; for all, or by "
    "treatment",
    "labels": "what stands for `cooperate` and `defect`, where it is not c and d",
    "draws": "whether the two payments come through independently or together",
    "game": "what was played (in Python)",
    "actions": "by player the column of its action, where a row holds a whole play",
    "people": "by player the column of the person",
    "history": "columns of numbers that become features of what was seen before",
    "beliefs": "columns of numbers that become features of what is believed",
    "names": "names of the columns of a file without a header",
    "delimiter": "what stands between cells; found by itself unless given",
    "app": "which app of an export of oTree",
    "bots": "whether to keep the rows of oTree's own bots",
    "drop": "people to leave out: names, or a file of one name a line",
    "missing": "values that stand for nothing, such as -1",
}
"""What each option of an adapter means."""

NOTES = {
    "allocations": "What each gets stands in columns by option: `self_x`, `other_x`, `self_y`, "
    "`other_y`, with any names in place of x and y; `recipients` gives other patterns. The choice "
    "may also stand in columns of yes and no, `choice_x`.",
    "ultimatum": "With `accepted` responders saw an offer and answered it; with `threshold` they "
    "named the least that they accept before they saw one.",
    "trust": "Where the investor may be wrong about the growth, `believed` is what it expects and "
    "`multiplier` what it is, which the trustee knows.",
    "dilemma": "The payoffs are an option: R if both cooperate, S if alone, T if tempted, P if "
    "neither.",
    "public_goods": "In a strategy method columns such as `conditional_5` hold what one "
    "contributes where the others give 5 on average.",
}
"""What a table of columns does not say."""


def shared() -> list[Column]:
    """Return the columns that several kinds of data have."""
    every = [column for adapter in ADAPTERS.values() for column in adapter.columns]
    return [c for c in dict.fromkeys(every) if every.count(c) > 2]


def row(column: Column) -> str:
    """Return one line of a table of columns."""
    also = ", ".join(f"`{name}`" for name in column.also)
    return (
        f"| `{column.name}`{'' if column.required else ' (optional)'} | {column.about} | {also} |"
    )


def kind(adapter: Adapter) -> list[str]:
    """Return the folded section of one kind of data, with the columns of its own."""
    common = shared()
    own = [row(c) for c in adapter.columns if c not in common]
    besides = ", ".join(f"`{c.name}`" for c in adapter.columns if c in common)
    options = ", ".join(f"`{name}`" for name in adapter.options)
    told = NOTES.get(adapter.name, "")
    return [
        f'??? note "{adapter.name}: {adapter.about}"\n',
        "    | column | means | also found as |\n    |---|---|---|",
        *(f"    {line}" for line in own),
        f"\n    And {besides}. Options: {options}. {told}".rstrip() + "\n",
    ]


def page() -> str:
    """Return the whole section."""
    used = {name: [] for name in OPTIONS}
    for adapter in ADAPTERS.values():
        for name in adapter.options:
            used[name].append(f"`{adapter.name}`")
    parts = [
        "| column of several kinds | means | also found as |\n|---|---|---|",
        *map(row, shared()),
        "",
        *(line for adapter in ADAPTERS.values() for line in kind(adapter)),
        '??? note "Options"\n',
        "    | option | means | of |\n    |---|---|---|",
        *(
            f"    | `{name}` | {words} | {'all' if name in GENERAL else ', '.join(used[name])} |"
            for name, words in OPTIONS.items()
        ),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    print(page())  # noqa: T201
