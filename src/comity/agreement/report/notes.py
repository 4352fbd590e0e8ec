"""What the figures rest on, what was fixed beforehand, and what no page can tell."""

from __future__ import annotations

from comity.agreement.report.findings import Findings
from comity.agreement.report.words import DISAGREEMENT, RULES, SOLUTIONS
from comity.cases import AcceptanceRule, Case, Constitution
from comity.core.page.words import clean, counted, listed, number

TASTES = {
    "own": "What each wants: its own word stands (own tastes).",
    "mean": "What each wants: the mean of all reports about it.",
}

FACTS = {
    "mean": "What happens: the mean of the reports.",
    "median": "What happens: the middle report (median), which one liar cannot drag far.",
    "trimmed-mean": "What happens: the mean without the most extreme reports (trimmed mean).",
    "precision": "What happens: the mean, weighted by how precise each is known to be.",
    "evidence": "What happens: the mean, weighted by how well each report fits the shared data.",
}

PRIORS = {
    "linear": "How likely the states are: the mean of the reports (linear pool).",
    "logarithmic": "How likely the states are: the normalised product (logarithmic pool).",
}

DIVERGENCES = {
    "raw": "in the units of the case",
    "affine": "after scaling each view to run from 0 to 1",
    "strategic": "in what each would gain from one action over another",
    "decision": "by what the other reports cost it",
}

DEFAULTS = {
    "maximin": "each plays safe: what secures it most whatever the others do",
    "favourite-equilibrium": "each plays its part of the outcome it likes best among the stable "
    "ones",
    "no-deal": "everybody walks away",
    "policy": "each does what the case says it would do",
}

VIEWS_MAY_BE_WRONG = (
    "Whether any of the views is true. Gains are what each party expects by its own view, and all "
    "of them can be wrong at once."
)
OUTSIDE_THE_CASE = (
    "Whether anything that matters was left out of the case: other things they could do, other "
    "people, what happens later."
)
UNITS = (
    "Whether a gain to one is worth a loss to another: units of different parties cannot be "
    "compared, however alike the numbers look."
)
OTHER_LIES = (
    "What lies other than those tried would do. Where the certificate says “lower bound”, a better "
    "lie may exist."
)


def rules_fixed(case: Case) -> list[str]:
    """Return the constitution in sentences."""
    rules = case.constitution
    blocks = case.parties[0].model.blocks()
    kinds = {block.kind for block in blocks.values()}
    sentences = [TASTES[rules.tastes]]
    sentences += [FACTS[rules.facts]] if "facts" in kinds else []
    sentences += [PRIORS[rules.prior]] if "prior" in kinds else []
    sentences.append(_solution(rules))
    name, words = DISAGREEMENT[rules.disagreement]
    sentences.append(f"Bargaining starts from {words} ({name.lower()}).")
    sentences.append(f"Without a deal, {DEFAULTS[rules.default]}.")
    sentences += [rule_sentence(rule) for rule in rules.acceptance]
    sentences.append(_enforcement(rules))
    if rules.normalise:
        sentences.append("Payoffs are scaled to run from 0 to 1 for each before they are combined.")
    if rules.talk.rounds:
        sentences.append(f"They may first talk for {counted(rules.talk.rounds, 'round')}.")
    return sentences


def _solution(rules: Constitution) -> str:
    named = [f"{SOLUTIONS[n][0]}: {SOLUTIONS[n][1]}" for n in rules.solution]
    lots = ", and lots may be drawn" if rules.lotteries else ", and no lots are drawn"
    return f"The deal is the one with {listed(named, 'or else')}{lots}."


def rule_sentence(rule: AcceptanceRule) -> str:
    """Return an acceptance rule in words."""
    text = f"Accepting: {RULES[rule.rule]}"
    if rule.rule in ("public", "private"):
        text += f"; at most {number(rule.tolerance)}, measured {DIVERGENCES[rule.divergence]}"
    elif rule.tolerance:
        text += f"; a shortfall of {number(rule.tolerance)} is tolerated"
    return f"{text} ({rule.rule} rule)."


def _enforcement(rules: Constitution) -> str:
    if rules.enforcement == "binding":
        return "Somebody enforces the deal (binding); it need not hold by itself."
    return "Nobody enforces the deal: it must be one that no party alone wants to break."


def assumptions(findings: Findings) -> list[str]:
    """Return the sentences that the figures rest on."""
    return [clean(sentence) for sentence in findings.agreement.assumptions] or [
        "Each party's view is as the case file states it."
    ]


def limits(findings: Findings) -> list[str]:
    """Return what the page cannot tell."""
    figures = [
        VIEWS_MAY_BE_WRONG,
        OUTSIDE_THE_CASE,
        UNITS,
        OTHER_LIES,
    ]
    if findings.study is None:
        figures.append(
            "How often such deals turn out badly. That needs a distribution of the truth: see "
            "comity study."
        )
    if not findings.agreement.case.bystanders:
        figures.append("What the deal does to people the case does not name.")
    return figures
