"""What relays wrote about mails of ours: some taken, some not; names and addresses made up.

Each log was made by a server that took an issue from `comity newsletter send` over the loopback
while the sender was killed again and again (Debian 12: Postfix 3.7.11, Exim 4.96, OpenSMTPD 6.8.0;
times by rsyslog, of Exim its own). Numbers of processes and queues were changed, ``id(ann)`` stands
for the Message-ID of the mail to Ann without its brackets, ``path(ann)`` for its return path.
"""

import re

from comity.newsletter.delivery.tokens import Secret, Sent

SECRET = Secret(bytes(range(32)))
ISSUE = 12


def sent(name):
    """Return the mail of issue 12 to somebody."""
    return Sent(ISSUE, f"{name:a<16}")


def filled(text):
    """Return a log with the ids and return paths of mails in it."""
    text = re.sub(
        r"id\((\w+)\)", lambda m: SECRET.message_id("example.org", sent(m[1])).strip("<>"), text
    )
    return re.sub(
        r"path\((\w+)\)", lambda m: SECRET.return_path("bounces@example.org", sent(m[1])), text
    )


POSTFIX = """\
2026-03-01T12:00:00.630733+00:00 mx postfix/smtpd[71]: 99DD122C034: client=localhost[127.0.0.1]
2026-03-01T12:00:00.641336+00:00 mx postfix/cleanup[82]: 99DD122C034: message-id=<id(ann)>
2026-03-01T12:00:00.646098+00:00 mx postfix/qmgr[9]: 99DD122C034: from=<path(ann)>, size=20403, \
nrcpt=1 (queue active)
2026-03-01T12:00:00.651209+00:00 mx postfix/virtual[86]: 99DD122C034: to=<ann@host.example>, \
relay=virtual, delay=0.02, delays=0.02/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)
2026-03-01T12:00:00.653311+00:00 mx postfix/qmgr[9]: 99DD122C034: removed
2026-03-01T12:00:00.660733+00:00 mx postfix/smtpd[71]: 9A1B222C034: client=localhost[127.0.0.1]
2026-03-01T12:00:00.671336+00:00 mx postfix/cleanup[82]: 9A1B222C034: message-id=<id(bob)>
2026-03-01T12:00:00.689916+00:00 mx postfix/cleanup[82]: 9A1B222C034: milter-reject: END-OF-MESSAGE
2026-03-01T12:00:00.701004+00:00 mx postfix/smtpd[71]: lost connection after DATA (0 bytes) from \
localhost[127.0.0.1]
2026-03-01T12:00:00.711336+00:00 mx postfix/cleanup[82]: EB29822C03B: message-id=<20260301@mx>
2026-03-01T12:00:00.714656+00:00 mx postfix/qmgr[9]: EB29822C03B: from=<>, size=22362, nrcpt=1 \
(queue active)
2026-03-01T12:00:00.715656+00:00 mx postfix/virtual[92]: EB29822C03B: to=<path(bob)>, \
relay=virtual, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)
"""

EXIM = """\
2026-03-01 12:00:00 exim 4.96 daemon started: pid=40, -q5s, listening for SMTP on [127.0.0.1]:25
2026-03-01 12:00:01 1xWX2l-0000FC-08 <= path(ann) H=(localhost) [127.0.0.1] P=esmtp S=20044 \
id=id(ann)
2026-03-01 12:00:01 1xWX2l-0000FC-08 => ann <ann@host.example> R=boxes T=box
2026-03-01 12:00:01 1xWX2l-0000FC-08 Completed
2026-03-01 12:00:02 H=(localhost) [127.0.0.1] F=<path(bob)> rejected RCPT <bob@host.example>: \
No such user here
2026-03-01 12:00:02 1xWX2m-0000FD-08 H=(localhost) [127.0.0.1] F=<path(bob)> rejected after DATA: \
Content refused
2026-03-01 12:00:03 1xWX2n-0000FE-0x <= <> R=1xWX2l-0000FC-08 U=Debian-exim P=local S=22012
2026-03-01 12:00:03 1xWX2n-0000FE-0x => bounces <path(bob)> R=boxes T=box
"""

OPENSMTPD = """\
2026-03-01T12:00:00.817986+00:00 mx smtpd[60]: a6608ac89a3baf00 smtp connected address=127.0.0.1 \
host=localhost
2026-03-01T12:00:00.837946+00:00 mx smtpd[60]: a6608ac89a3baf00 smtp message msgid=d2b36fe2 \
size=19986 nrcpt=1 proto=ESMTP
2026-03-01T12:00:00.837948+00:00 mx smtpd[60]: a6608ac89a3baf00 smtp envelope \
evpid=d2b36fe246c507dc from=<path(ann)> to=<ann@host.example>
2026-03-01T12:00:00.847164+00:00 mx smtpd[60]: a6608afca085d61f mda delivery \
evpid=d2b36fe246c507dc from=<path(ann)> to=<ann@host.example> rcpt=<ann@host.example> user=vmail \
delay=0s result=Ok stat=Delivered
2026-03-01T12:00:00.878048+00:00 mx smtpd[60]: a6608b03aaf33ac9 smtp disconnected \
reason="io-error: Connection reset by peer"
2026-03-01T12:00:00.917164+00:00 mx smtpd[60]: a6608afca085d620 mda delivery \
evpid=5b46e9ae3d26469e from=<> to=<path(bob)> rcpt=<path(bob)> user=vmail delay=0s \
result=Ok stat=Delivered
"""

LOGS = {"Postfix": POSTFIX, "Exim": EXIM, "OpenSMTPD": OPENSMTPD}
"""The mail to Ann was taken, that to Bob was not."""
