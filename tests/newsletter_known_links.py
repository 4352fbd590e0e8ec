"""Links that lead somewhere known."""

from comity.newsletter.text.links import Target

TITLES = {"7K": 'Trust & <b>"fair"</b> *play*', "9M": "Without an issue"}


class KnownLinks:
    """Two entries: one in an issue, one in none."""

    def target(self, entry: str) -> Target | None:
        if entry not in TITLES:
            return None
        address = f"https://site.example/entries/{entry}/"
        if entry == "9M":
            return Target(TITLES[entry], address)
        return Target(TITLES[entry], address, 12, "CW #12", "https://site.example/issues/12/")
