"""What a page rests on, what it cannot tell, and how to read its words."""

from __future__ import annotations

from comity.core.page.words import clean, ended
from comity.inference.report.words import sentence
from comity.inference.results import Understanding

READING: dict[str, str] = {
    "Explanation": (
        "What people want (a motive) together with how they decide (a procedure). It gives "
        "every option a probability."
    ),
    "Stands, fell": (
        "An explanation stands as long as the evidence does not rule it out at the level "
        "stated. That it stands does not make it true. If all fall, none of these explains the "
        "people."
    ),
    "Held-out score": (
        "Log-likelihood per decision, of decisions that were not used in fitting: nearer 0 is "
        "better. A coin toss between two options scores −0.693."
    ),
    "Interval": (
        "Where the figure may be, at the level stated. “At once” means that all intervals of a "
        "picture hold together with that level, so any two may be compared."
    ),
    "Yardstick": (
        "A rule without any theory, such as repeating one's most frequent choice. An "
        "explanation that does not beat it explains little."
    ),
    "Decisions needed, on average": (
        "Until the expected log-likelihood ratio reaches log 20. Seen from there, the ratio is "
        "above that only about half of the time."
    ),
    "Decisions needed, for 5% errors": (
        "Until each is mistaken for the other at most 5% of the time. This is the number to "
        "plan with."
    ),
    "Regret": (
        "What a choice loses against the one that would have been best, had one known which "
        "explanation is true."
    ),
    "Information": (
        "How much an answer is expected to teach about which explanation is true, in nats: "
        "0.693 settles a question of two even chances."
    ),
    "Cannot tell": (
        "An answer like any other: the evidence, or the design, does not say. More of the same "
        "data helps only where a finite number stands beside it."
    ),
}
"""Words of the page and what they mean."""

MISUSE = (
    "Explanations of people are guesses about people. Don't use this page to profile one person, "
    "to find out whom one can offer less, or to decide about somebody who had no say in it. An "
    "average over many says little about one."
)


MISSING: dict[str, str] = {
    "alone": (
        "Only one explanation was weighed, so nothing is said about rivals that would fit as well."
    ),
    "unscored": (
        "No predictions of held-out people were scored, so nothing is said about what predicts "
        "these people best."
    ),
    "unassigned": "Nobody was assigned to an explanation: all are described together.",
    "uncalibrated": (
        "Whether what was predicted comes about as often as predicted was not checked."
    ),
    "nowhere else": (
        "No other setting was given (a Case that says which of its parties such people would "
        "be), so nothing is said about what they would do elsewhere. Explanations that agree "
        "here may part there."
    ),
    "nobody": (
        "No explanation stands, so nothing can be said about what such people would do in the new "
        "setting."
    ),
    "unweighed": (
        "Nothing weighs the explanations that stand, so no choice is best by their shares: "
        "there is the best one for every prior, and one of least regret."
    ),
    "unasked": "No menu of questions was given, so nothing is said about what to ask next.",
}
"""What a page says where something is not on it."""


def limits(understanding: Understanding) -> list[str]:
    """Return what the page cannot tell, and what is not on it for want of evidence."""
    setting = understanding.setting
    missing = {
        "alone": len(understanding.standings) < 2,
        "unscored": not understanding.comparisons,
        "unassigned": understanding.people is None,
        "uncalibrated": understanding.calibration is None,
        "nowhere else": setting is None,
        "nobody": setting is not None and not setting.members,
        "unweighed": setting is not None and len(setting.members) > 0 and setting.weights is None,
        "unasked": setting is not None and not understanding.questions,
    }
    always = "It weighs the explanations it was given. The truth may be none of them."
    return [always, *(words for name, words in MISSING.items() if missing[name])]


def assumptions(understanding: Understanding) -> list[str]:
    """Return what the answer rests on, each sentence once."""
    told = (*understanding.assumptions, *understanding.evidence.assumptions)
    return list(dict.fromkeys(ended(sentence(words)) for words in told if clean(words)))
