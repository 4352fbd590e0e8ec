"""Mails that came back, in the forms of several servers, each about one mail of ours.

The forms are those of the servers' own manuals and of RFC 3464, 5965 and 3834; names are made up.
``{path}`` stands for the return path of our mail, ``{id}`` for its Message-ID, ``{leave}`` for the
word in its reader's link to leave by.
"""

from comity.newsletter.delivery.suppression import Kind

OURS = """\
Message-ID: {id}
From: River Letters <letters@example.org>
To: ann@example.com
Subject: RL #12: Rivers, and why your mailbox is full
List-Unsubscribe: <https://example.org/readers/unsubscribe/{leave}>
"""

DSN = (
    """\
Return-Path: <>
Delivered-To: {path}
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: {path}
Subject: {subject}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org. Details are below.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4AF

Final-Recipient: rfc822; ann@example.com
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--B
Content-Type: text/rfc822-headers

"""
    + OURS
    + """
--B--
"""
)


def report(status, diagnostic, action="failed", subject="Undelivered Mail Returned to Sender"):
    fields = {"status": status, "diagnostic": diagnostic, "action": action, "subject": subject}
    text = DSN
    for name, value in fields.items():
        text = text.replace("{" + name + "}", value)
    return text


QMAIL = (
    """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {path}
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@example.com>:
192.0.2.1 does not like recipient.
Remote host said: 550 sorry, no mailbox here by that name (#5.1.1)
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Return-Path: <{path}>
"""
    + OURS
)

EXIM = (
    """\
Return-path: <>
Envelope-to: {path}
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: {path}
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@example.com
    Unrouteable address

------ This is a copy of the message, including all the headers. ------

"""
    + OURS
)

SENDMAIL = (
    """\
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>
To: <{path}>
Subject: Returned mail: see transcript for details

The original message was received at Sun, 1 Mar 2026 12:00:00 GMT

   ----- The following addresses had permanent fatal errors -----
<ann@example.com>
    (reason: 552 5.2.2 Over quota)

   ----- Transcript of session follows -----
552 5.2.2 Over quota
554 5.0.0 Service unavailable

------ original message follows
"""
    + OURS
)

EXIM_REPORT = (
    """\
Return-path: <>
Envelope-to: {path}
Received: from Debian-exim by mx.example.org with local (Exim 4.96)
\tid 1xWXMC-0003Jd-2W
\tfor {path};
\tSun, 1 Mar 2026 12:00:00 +0000
X-Failed-Recipients: ann@example.com
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: {path}
References: {id}
Content-Type: multipart/report; report-type=delivery-status; boundary=1-eximdsn-2
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender

--1-eximdsn-2
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@example.com
    WORDS

--1-eximdsn-2
Content-type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Action: failed
Final-Recipient: rfc822;ann@example.com
Status: 5.0.0

--1-eximdsn-2
Content-type: message/rfc822

Return-path: <{path}>
"""
    + OURS
    + """
--1-eximdsn-2--
"""
)
"""What Exim 4.96 sent of a mail that it refused itself, names changed."""

OPENSMTPD = (
    """\
Delivered-To: {path}
Received: from mx.example.org (mx [local])
\tby mx (OpenSMTPD) with ESMTPA id 5f10b60b
\tfor <{path}>;
\tSun, 1 Mar 2026 12:00:00 +0000 (UTC)
Subject: Delivery status notification: failed
From: Mailer Daemon <MAILER-DAEMON@mx.example.org>
To: {path}
Date: Sun, 1 Mar 2026 12:00:00 +0000 (UTC)
MIME-Version: 1.0
Content-Type: multipart/mixed;boundary="9372838408538604413/mx.example.org"

This is a MIME-encapsulated message.

--9372838408538604413/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

ann@example.com: WORDS

    Below is a copy of the original message:

--9372838408538604413/mx.example.org
Content-Description: Delivery Report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: 5.0.0

--9372838408538604413/mx.example.org
Content-Description: Message headers
Content-Type: text/rfc822-headers

"""
    + OURS
    + """
--9372838408538604413/mx.example.org--
"""
)
"""What OpenSMTPD 6.8.0 sent of a mail that the next server refused, names changed."""

SPANISH = """\
Return-Path: <>
X-Original-To: {path}
From: Postmaster <postmaster@correo.example>
Subject: Correo devuelto
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

No se ha podido entregar su mensaje a ann@example.com:
550 5.2.2 Buz=F3n lleno
"""

NO_PATH = (
    """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: letters@example.org
Subject: Delivery Status Notification (Failure)

The following message to <ann@example.com> was undeliverable.
The reason for the problem:
5.1.0 - Unknown address error 550-'5.1.1 no such user'

Message header follows:

"""
    + OURS
)

ABUSE = (
    """\
From: <feedback@provider.example>
To: <{path}>
Subject: complaint about mail from 192.0.2.9
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

This is an abuse report.

--B
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--B
Content-Type: message/rfc822

"""
    + OURS
    + """
Rivers.

--B--
"""
)

ABSENT = """\
Return-Path: <>
Delivered-To: {path}
From: Ann <ann@example.com>
To: {path}
Subject: Out of office: RL #12
Auto-Submitted: auto-replied
In-Reply-To: {id}

I am away until my mailbox is full.
"""

WARNING = (
    """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {path}
Subject: Warning: could not send message for past 4 hours

    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************
"""
    + OURS
)

REPLY = """\
From: Ann <ann@example.com>
To: letters@example.org
Subject: Re: RL #12: Rivers
In-Reply-To: {id}

My mailbox is full of rivers. 550 5.1.1 of them, user unknown.
"""

NOBODYS = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: bounces+12-aaaaaaaaaaaaaaaa-aaaaaaaaaaaa@example.org
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
<ann@example.com>: 550 5.1.1 no such user
"""

RETURNS = {
    "postfix": (report("5.1.1", "smtp; 550 5.1.1 <ann@example.com>: User unknown"), Kind.HARD),
    "status only": (report("5.1.1", "x-unknown;"), Kind.HARD),
    "diagnosis before status": (report("5.0.0", "smtp; 552 5.2.2 Over quota"), Kind.FULL),
    "policy": (report("5.7.1", "smtp; 550 5.7.1 Blocked by reputation"), Kind.POLICY),
    "expired": (report("4.4.7", "smtp; 400 4.4.7 Delivery time expired"), Kind.SOFT),
    "exchange": (
        report("5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP"),
        Kind.HARD,
    ),
    "folded": (report("5.2.2", "smtp;\n 552-5.2.2 The inbox is out of\n storage space"), Kind.FULL),
    "qmail": (QMAIL, Kind.HARD),
    "exim": (EXIM, Kind.HARD),
    "sendmail": (SENDMAIL, Kind.FULL),
    "spanish": (SPANISH, Kind.FULL),
    "exim, full": (EXIM_REPORT.replace("WORDS", "552 5.2.2 mailbox is full"), Kind.FULL),
    "exim, unrouteable": (EXIM_REPORT.replace("WORDS", "Unrouteable address"), Kind.HARD),
    "opensmtpd, unknown": (
        OPENSMTPD.replace("WORDS", "550 5.1.1 <ann@example.com>: User unknown"),
        Kind.HARD,
    ),
    "opensmtpd, full": (
        OPENSMTPD.replace("WORDS", "552 5.2.2 <ann@example.com>: Mailbox is full"),
        Kind.FULL,
    ),
    "opensmtpd, policy": (
        OPENSMTPD.replace("WORDS", "554 5.7.1 <ann@example.com>: Relay access denied"),
        Kind.POLICY,
    ),
    "no return path": (NO_PATH, Kind.HARD),
}
"""Returns with what they mean."""

NO_RETURNS = {
    "late": report("4.4.1", "smtp; 451 later", "delayed", "Delayed Mail (still being retried)"),
    "delivered": report("2.0.0", "smtp; 250 ok", "delivered", "Successful Mail Delivery Report"),
    "warning": WARNING,
    "absent": ABSENT,
    "reply": REPLY,
}
"""Mails that tell of no failure."""
