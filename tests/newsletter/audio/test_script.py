"""The script of an issue: everything in its order, and nothing that is withheld."""

import re
from dataclasses import replace

from comity.newsletter.audio.blocks import AFTER_ENTRY, Role
from comity.newsletter.audio.script import Script
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import withhold
from newsletter_audio import PUBLICATION, archive, entry
from newsletter_world import make_archive

EXPECTED = """
host: Fair Play, issue two. Published January eighth, twenty twenty-six.
host: Rivers.
host: A weekly reading of papers on cooperation.
host: Opinions are mine.
host: Good day.
host: In this issue:
host: Highlights: Sharing a river.
host: Agents, one entry.
host: Rules, one entry.
host: Highlights.
host: Sharing a river.
host: By Ada Lovelace, Charles Babbage and others.
host: Summarized by Ruth Ames and Bo Li.
host: Correction of January ninth, twenty twenty-six:
host: It gains six percent.
summary: Builds on An older game, from issue one. It gains five percent.
summary: First point.
summary: Second point.
host: Ruth Ames and Bo Li's opinion:
opinion: I think that X squared is too much.
host: Prerequisites:
host: An older game, from issue one.
host: Read more:
host: Their blog.
host: A Case belongs to this entry. It can be opened on the page.
host: Ada Lovelace replies:
reply: Thank you.
host: Agents: Bargaining.
host: Striking a deal.
host: By Cy Dee.
host: Summarized by Ruth Ames.
summary: What Striking a deal says.
host: Responses.
host: A response.
host: Summarized by Ruth Ames.
summary: What A response says.
host: Rules.
host: Only a link.
host: This one is only linked: its address is on the page.
host: Write to us.
host: To tell us what you think, reply to the email of this issue.
host: That was Fair Play, issue two. The text with all links is on the page at fair dot example dot org.
"""  # noqa: E501


def lines(blocks):
    return [f"{block.role.value}: {block.said}" for block in blocks]


def test_an_issue_in_its_order(script):
    assert lines(script().blocks) == EXPECTED.strip().splitlines()


def test_nothing_withheld_is_said_or_shown(script):
    for audience in ("public", "preview"):
        made = script(2, audience)
        said = " ".join(f"{b.said} {b.shown} {b.chapter} {b.address}" for b in made.blocks)
        assert "PLANTED" not in said.upper()
    everything = script(2, "internal").blocks
    assert any("PLANTED" in block.said.upper() for block in everything)


def test_no_secret_of_a_large_publication_is_said():
    publication, kept, secrets = make_archive(entries=100, issues=9)
    view = withhold(publication, kept, "public")
    blocks = [
        block
        for issue in view.archive.issues
        for block in Script(view, assemble(view, issue.number)).blocks
    ]
    said = "\n".join(f"{b.said} {b.shown} {b.chapter} {b.address}" for b in blocks).lower()
    assert len(blocks) > 500
    assert len(secrets) > 20
    assert [secret for secret in secrets if secret.lower() in said] == []
    assert not re.search(r"[0-9<>\[\]()$%@*]", "".join(block.said for block in blocks))


def test_chapters_are_entries_between_introduction_and_closing(script):
    chapters = [(b.chapter, b.address) for b in script().blocks if b.chapter]
    site = "https://fair.example.org/"
    assert chapters == [
        ("Introduction", f"{site}issues/2/"),
        ("Sharing a river", f"{site}entries/HIGH/"),
        ("Striking a deal", f"{site}entries/DEAL/"),
        ("A response", f"{site}entries/REPLY/"),
        ("Only a link", f"{site}entries/LINK/"),
        ("Closing", ""),
    ]
    assert script().blocks[0].chapter == "Introduction"


def test_the_name_of_a_category_belongs_to_its_first_chapter(script):
    first = {b.chapter: b.said for b in script().blocks if b.chapter}
    assert first["Sharing a river"] == "Highlights."
    assert first["Striking a deal"] == "Agents: Bargaining."
    assert first["A response"] == "A response."


def test_entries_are_apart(script):
    blocks = script().blocks
    before = [
        blocks[n - 1].silence for n, b in enumerate(blocks) if b.said == "Agents: Bargaining."
    ]
    assert before == [AFTER_ENTRY]


def test_a_draft_says_that_it_is_one(script):
    said = [block.said for block in script(3, "preview").blocks]
    assert said[:2] == ["This is a draft.", "Fair Play, issue three."]


def test_unfinished_texts_are_marked_in_previews():
    unfinished = entry(
        "U", "Unfinished", public=Publicity.WITH_EDITS, email_status=EmailStatus.PENDING
    )
    view = withhold(PUBLICATION, Archive((unfinished,), (Issue(2),)), "preview")
    assert "needs edits." in [b.said for b in Script(view, assemble(view, 2)).blocks]


def test_a_translation_has_the_words_of_its_language(script):
    made = script(language="es", mark="Traducido por una máquina.")
    said = [block.said for block in made.blocks]
    assert said[:2] == [
        "Traducido por una máquina.",
        "Fair Play, número 2. Publicado el 8 de enero de 2026.",
    ]
    assert "De Ada Lovelace, Charles Babbage y otros." in said
    assert "Resumido por Ruth Ames y Bo Li." in said
    assert "Opinión de Ruth Ames y Bo Li:" in said
    assert not {"A weekly reading of papers on cooperation.", "Opinions are mine."} & set(said)
    assert made.blocks[0].address == "https://fair.example.org/issues/2/es/"


def test_opinions_without_a_name_are_still_announced():
    nameless = entry("N", "Nameless", summarizer="", opinion="So so.")
    view = withhold(
        replace(PUBLICATION, editor=""), Archive((nameless,), archive().issues), "public"
    )
    said = [block.said for block in Script(view, assemble(view, 2)).blocks]
    assert said[said.index("So so.") - 1] == "An opinion:"


def test_the_publication_says_its_own_words():
    voice = replace(PUBLICATION.voice, lexicon={"river": "stream"})
    view = withhold(replace(PUBLICATION, voice=voice), archive(), "public")
    blocks = Script(view, assemble(view, 2)).blocks
    assert ("Sharing a stream.", "Sharing a river") in {(b.said, b.shown) for b in blocks}
    assert {block.role for block in blocks} == set(Role)


def test_a_title_that_nobody_can_say_still_has_its_chapter():
    odd = entry("ODD", "🇫🇷")
    view = withhold(PUBLICATION, Archive((odd,), archive().issues), "public")
    chapters = [b for b in Script(view, assemble(view, 2)).blocks if b.chapter == "🇫🇷"]
    assert len(chapters) == 1


def test_what_is_shown_is_known_without_finding_out_how_it_is_said(script):
    text = "By ~5%, e.g. $x^2$ `a_b` in 2020 (see <@@>(@#B@)).\n\n1. one\n2. two"
    entries = (entry("T", "Numbers & signs: 🇫🇷 #1", summary=text), entry("F", "🇫🇷"))
    view = withhold(PUBLICATION, Archive(entries, archive().issues), "public")
    for made in (script(), script(language="es", mark="¡Hola!"), Script(view, assemble(view, 2))):
        assert {block.shown for block in made.blocks} <= made.shown
        assert len(made.shown) <= len(made.blocks) + 1
