"""Mails as files: one of each issue in each form, and the same bytes each time."""

from email import message_from_bytes
from email.policy import default

from comity.newsletter.editions.mails import write_mails
from comity.newsletter.editions.web.site import Site
from newsletter_small import view


def write(folder):
    site = Site(view("public"))
    return site, write_mails(site, folder, lambda words, share: None)


def test_each_issue_in_each_form(tmp_path):
    site, count = write(tmp_path / "mail")
    assert count == len(site.editions) > 1
    for number in site.editions:
        message = message_from_bytes((tmp_path / f"mail/{number}.eml").read_bytes(), policy=default)
        plain = message.get_body(("plain",)).get_content()
        assert plain.split() == (tmp_path / f"mail/{number}.txt").read_text("utf-8").split()
        page = (tmp_path / f"mail/{number}.html").read_text("utf-8")
        assert message.get_body(("html",)).get_content().split() == page.split()


def test_the_same_issues_give_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        write(tmp_path / name)
    for file in (tmp_path / "once").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_what_was_there_before_is_gone(tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/99.html").write_text("withdrawn since")
    write(tmp_path / "mail")
    assert not (tmp_path / "mail/99.html").exists()
