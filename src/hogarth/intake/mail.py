"""Headers of mail and newsgroups above a text, and several messages in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Final

from hogarth.intake.dates import parse_date
from hogarth.intake.facts import Facts
from hogarth.intake.headings import Heading, split_heading
from hogarth.manuscript import Credit, Dates

_NAMES: Final = (
    "from|to|cc|bcc|subject|date|sent|sender|reply-to|message-id|newsgroups|organi[sz]ation|path"
    "|references|in-reply-to|received|return-path|mime-version|content-[a-z-]+|x-[a-z0-9-]+|xref|status"
    "|approved|nntp-posting-(?:host|date|user)|distribution|followup-to|archive-name|resent-[a-z]+"
    "|delivered-to|precedence|list-[a-z-]+|errors-to|lines|priority|importance|user-agent|keywords"
    "|apparently-to|originator|article-i\\.d\\.|mailing-list|attachments?|thread-[a-z]+|importance"
)
_HEADER: Final = re.compile(
    rf"(?:>\s?)?(?P<name>{_NAMES})[ \t]{{0,4}}:(?=\s|$)[ \t]*(?P<value>.*)", re.IGNORECASE
)
#: What a message begins with in a file of several, and what mail programs put above one.
_ENVELOPE: Final = re.compile(r"From \S+.{0,60}\d\d:\d\d.{0,40}(?:19|20)\d\d.{0,20}")
_FORWARDED: Final = re.compile(
    r"[-=>*\s]*(?:original message|forwarded (?:message|by|mail).{0,60}|begin forwarded message:?)"
    r"[-=\s]*",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    r"(?:from|subject|path|newsgroups|date|return-path|received|x-[\w-]+|message-id):",
    re.IGNORECASE,
)
#: Headers that only programs write.
_SENT: Final = frozenset(
    {"message-id", "newsgroups", "path", "received", "return-path", "mime-version"}
)
#: One of these makes it mail: the others stand above stories too.
_TELLING: Final = frozenset(
    {"from", "subject", "newsgroups", "message-id", "to", "received", "path"}
)
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}")
_REPLY: Final = re.compile(
    r"(?:(?:re|aw|sv|fwd?|fw)(?:\[\d{1,3}\])?\s*:|\[[^\]]{1,40}\]"
    r"|\((?:fwd|fic|fanfic|repost|new|revised|long)\)"
    r"|(?:new|repost|fic|fanfic|fan fiction|story|submission|revised|ff|announce|update|\w{0,6}fic)"
    r"\s*(?::|\s-\s|--))\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*(?:\((?:fwd|fic|fanfic|repost|long|revised|complete)\)|\[(?!\s*\d)[^\]]{1,40}\])\s*$",
    re.IGNORECASE,
)
#: “[3/12] The Bell”.
_COUNTED: Final = re.compile(r"[\[(]\s*(\d{1,3})\s*(?:/|of)\s*(\d{1,3})\s*[\])]\s*")
#: A subject of nothing but these says nothing of the story.
_EMPTY_LINE: Final = (
    "a an and another chapter chapters fan fanfic fanfics fanfiction fic fics fiction file files"
    " first for from here hey hi hello i is it its last latest mail my new next no none of on one"
    " page part parts please re second send sent sequel series site story stories submission"
    " submissions subject spamfic text the this third to unsubscribe txt two update updated ver"
    " version web with your you attached attachment archive episode add more some"
)
_EMPTY_WORDS: Final = frozenset(_EMPTY_LINE.split())
_WORD: Final = re.compile(r"[^\W\d_]+")
#: A subject of more is no title but a message.
_MOST_WORDS: Final = 12
_LONGEST_HEAD: Final = 120
_MOST_BLOCKS: Final = 4
#: What programs and lists put before a subject, one mark before another.
_MOST_MARKS: Final = 6


@dataclass(slots=True)
class MailHead:
    """Headers above a text.

    Shape: `lines` how many lines they take; `labels` as written; `sender` a name, or an address
    where there is no name; `subject` without what programs and lists added.
    """

    lines: int = 0
    labels: list[str] = field(default_factory=list)
    sender: str = ""
    subject: str = ""
    date: str = ""
    heading: Heading | None = None


def read_mail_head(lines: Sequence[str]) -> MailHead:
    """The headers at the top of the lines, those of a forwarded mail in them too, else none."""
    head = MailHead()
    place = 0
    for _ in range(_MOST_BLOCKS):
        rows, end = _read_block(lines, place)
        if not rows:
            break
        head.lines = place = end
        head.labels += [name.title() for name, _ in rows]
        _take(head, dict(reversed(rows)))
    return head


def state_mail(facts: Facts, head: MailHead) -> None:
    """Add what the headers state where the text itself does not say it."""
    if head.sender and not any(credit.role == "author" for credit in facts.credits):
        facts.credits.append(Credit(head.sender))
    day = parse_date(head.date)
    if day is not None and facts.dates.published is None:
        facts.dates = Dates(day, facts.dates.updated)


def split_messages(lines: Sequence[str]) -> list[int]:
    """Where messages begin in a file of several. Shape: empty for a file of one or none.

    People in stories write mails too; those of programs have a date and an address, or headers
    that nobody types.
    """
    begins: list[int] = []
    end = 0
    for place, line in enumerate(lines):
        if place < end or not _may_begin(lines, place, line):
            continue
        rows, end = _read_block(lines, place)
        names = {name for name, _ in rows}
        sender = dict(rows).get("from", "")
        sent = names & _SENT or ("date" in names and "@" in sender)
        if {"from", "subject"} <= names and (sent or _ENVELOPE.fullmatch(line)):
            begins.append(place)
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    return begins if len(begins) > 1 and begins[0] == first else []


def _may_begin(lines: Sequence[str], place: int, line: str) -> bool:
    if line.startswith("From "):
        return _ENVELOPE.fullmatch(line) is not None
    above = lines[place - 1].strip() if place else ""
    return _FIRST.match(line) is not None and set(above) <= set("-=_*#~")


def _read_block(lines: Sequence[str], start: int) -> tuple[list[tuple[str, str]], int]:
    """The headers from `start` on and the place after them, none when it is no mail."""
    place = start
    while place < min(len(lines), start + 12) and (
        not lines[place].strip()
        or _FORWARDED.fullmatch(lines[place].strip())
        or _ENVELOPE.fullmatch(lines[place])
    ):
        place += 1
    rows: list[tuple[str, str]] = []
    end = start
    for at in range(place, min(len(lines), place + _LONGEST_HEAD)):
        line = lines[at]
        found = _HEADER.match(line)
        if found:
            rows.append((found["name"].lower(), found["value"].strip()))
        elif rows and line[:1] in (" ", "\t") and line.strip():
            name, value = rows[-1]
            rows[-1] = (name, f"{value} {line.strip()}")
        else:
            break
        end = at + 1
    names = {name for name, _ in rows}
    if len(rows) < 2 or not names & _TELLING:
        return [], start
    return rows, end


def _take(head: MailHead, rows: dict[str, str]) -> None:
    """What one block says; that of the innermost mail wins, whose writer wrote the text."""
    name, address = read_sender(rows.get("from", "") or rows.get("sender", ""))
    if name or not head.sender:
        head.sender = name or address or head.sender
    subject = decode_words(rows.get("subject", ""))
    title, heading = read_subject(subject)
    head.subject = title or head.subject
    head.heading = heading or head.heading
    head.date = rows.get("date", "") or rows.get("sent", "") or head.date


def read_sender(value: str) -> tuple[str, str]:
    """The name and the address in a “From” header, each "" when it is not there."""
    value = decode_words(value)
    found = _ADDRESS.search(value)
    address = found[0] if found else ""
    name, parsed = parseaddr(value)
    if not name or "@" in name:
        # “address (Name)” and what programs wrote that nothing parses.
        name = _ADDRESS.sub("", value).strip(" <>()[]\"'")
    name = name.strip(" \"'<>()[],;")
    return ("" if "@" in name or not _WORD.search(name) else name), address or parsed


def read_subject(subject: str) -> tuple[str, Heading | None]:
    """The title in a subject, "" when it says nothing of the story, and the part it states."""
    line = " ".join(subject.split())
    for _ in range(_MOST_MARKS):
        counted = _COUNTED.match(line)
        if counted:
            line = f"{line[counted.end() :]} ({counted[1]}/{counted[2]})"
        reply = _REPLY.match(line)
        shorter = _TAIL.sub("", line[reply.end() :] if reply else line)
        if shorter == line and counted is None:
            break
        line = shorter
    title, heading = split_heading(line) or (line, None)
    words = [word.casefold() for word in _WORD.findall(title)]
    if not words or len(words) > _MOST_WORDS or all(word in _EMPTY_WORDS for word in words):
        return "", heading
    return title.strip(" -–—:"), heading


def decode_words(value: str) -> str:
    """A header with its encoded words decoded."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value[:2000])))
    except (MessageError, LookupError, ValueError):
        return value
