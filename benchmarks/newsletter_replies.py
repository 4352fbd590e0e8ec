"""How often what somebody wrote is found in a reply, beside mail-parser-reply.

    pip install mail-parser-reply
    python benchmarks/newsletter_replies.py

Reads the mails of `tests/newsletter/feedback/corpus`, each with the words that must be found. Those
in `later.txt` were written when the parser was done, and it was mended after they had been counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from mailparser_reply import EmailReplyParser

from comity.newsletter.feedback.mail import read_mail
from comity.newsletter.feedback.quotes import reply_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
LANGUAGES = ["en", "de", "es", "fr", "zh"]


def main() -> None:
    from newsletter_replies import examples, same_words

    mails, ours, theirs = Counter[str](), Counter[str](), Counter[str]()
    for example in examples():
        mail = read_mail(example.data)
        if example.sort != "reply":
            continue
        part = "later" if "-later-" in example.name else "first"
        mails[part] += 1
        ours[part] += same_words(reply_of(mail.pieces), example.reply)
        # It reads plain text only: it is given what we make of HTML.
        (reply, *_) = EmailReplyParser(languages=LANGUAGES).read(mail.text).replies
        theirs[part] += any(same_words(text, example.reply) for text in (reply.body, reply.content))
    print("| mails | of these | comity | mail-parser-reply |\n|---|---:|---:|---:|")
    for part, count in mails.items():
        print(f"| {part} | {count} | {ours[part]} | {theirs[part]} |")


if __name__ == "__main__":
    main()
