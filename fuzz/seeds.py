#!/usr/bin/env python3
"""Seed inputs for each fuzz target, made of the mails at hand.

usage: fuzz/seeds.py TO_FOLDER FROM_FOLDER...

Every mail becomes a seed of `mail'; its texts, its HTML parts, its header
values and, of a failure report, its body become seeds of the other targets.
"""
import email
import email.policy
import hashlib
import json
import pathlib
import sys

MOST_BYTES = 32768  # larger mails only make each try slower
HEADERS = ("from", "to", "cc", "subject", "date", "message-id", "references", "content-type", "content-disposition")
# What comes in, and how the provider writes it: the orders of fuzz_push() in fuzz/targets.c.
TEXT, REPORT, POLL, REPORT_POLL = range(4)
QUERY, FORM, JSON, JSON_ARRAY, XML = range(5)
ITEM = {"id": "f648", "from": "+8613900000002", "to": "777", "text": "\u6c34", "time": "2026-11-23 10:00:00", "udh": "050003070201"}
STATE = {"id": "9-1", "state": "DELIVRD", "reason": "id:1 stat:DELIVRD err:000"}


def push(kind, shape, document):
    return bytes([kind + 4 * shape]) + json.dumps(document).encode()


def with_body(body, **more):
    return {"body": body if isinstance(body, str) else json.dumps(body), **more}


PUSHES = [
    push(TEXT, QUERY, {"query": ITEM}),
    push(TEXT, QUERY, {"query": {"from": "1", "coding": "2"}, "query_hex": {"text": "6c347ba1"}}),
    push(TEXT, QUERY, with_body("drip", query={"from": "1"}, content_type='text/plain; charset="gb2312"')),
    push(TEXT, QUERY, {"query": {"from": "1", "charset": "gb2312"}, "body_hex": "c2a9cbae"}),
    push(REPORT, QUERY, {"query": STATE}),
    push(TEXT, FORM, with_body("id=1&from=%2B86139&text=%E6%B0%B4+x&ref=7&count=2&number=1", query={"to": "777"})),
    push(REPORT, FORM, with_body("id=1&state=UNDELIV&reason=012")),
    push(TEXT, JSON, with_body(ITEM)),
    push(TEXT, JSON, with_body([ITEM, {"from": "1", "hex": "e6b0b4", "ref": 7, "count": 2, "number": 2}])),
    push(TEXT, JSON, with_body(ITEM, item=True, poll=True)),
    push(REPORT, JSON, with_body(STATE)),
    push(TEXT, JSON_ARRAY, with_body([ITEM, ITEM])),
    push(REPORT, JSON_ARRAY, with_body([STATE, {"id": 2, "state": 4}])),
    push(TEXT, XML, with_body("<m><id>1</id><from>+86139</from><text>x &lt; y</text><time>1795416870</time></m>")),
    push(REPORT, XML, with_body("<m><id>1</id><state>failed</state></m>")),
    push(POLL, JSON, {"list": [ITEM, {"from": "1"}], "next": "c2"}),
    push(REPORT_POLL, JSON, {"list": [STATE, {"id": "2"}], "next": 7}),
]


# How the channel counts, what is known of the sender: the first byte of fuzz_sms_text() and fuzz_keywords().
SMS_TEXTS = [
    "a" * 161, "\u20ac" * 81, "\u4e2d" * 71, "\u4e2d" * 66 + "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 13, "\u4e2d" + "\u0301" * 200,
    "We\u2019ll come at \u201c9\u201d \u2013 sorry\u2026", "a\u00a0b\tc`d", "\uff22\uff55\u3000\uff13\uff0c", "\u3010\u9633\u5149\u7269\u4e1a\u3011\u60a8\u597d",
    "[Sunshine PM] Hello", "\U0001f1e8\U0001f1f3" * 40, "a\r\nb" * 60, "\u0600" * 66 + "a" * 20,
]
KEYWORDS = [
    "STOP", "stop.", "\uff34\uff24", "\u9000\u8ba2", "T", "R", "END", "START", "\u6062\u590d", "5", "\u6ee1\u610f", "\u8fdb\u5ea6 T261123-0007", "HELP", "?",
    "\u64a4\u56de T261123-0007", "\u4eba\u5de5", "STOP the leak", "\u5f88\u4e0d\u6ee1\u610f\uff0c\u8fd8\u5728\u6f0f", "1 star", "ARRET", "\u4f60\u597d",
]


INNER = [
    b"\x78\x9f\x3e\x22\x01\x00"  # a winmail.dat with a codepage, a body, a file and its long name
    b"\x01\x07\x90\x06\x00\x04\x00\x00\x00\xa8\x03\x00\x00\x00\x00"
    b"\x01\x0c\x80\x02\x00\x03\x00\x00\x00ab\x00\x00\x00"
    b"\x02\x02\x90\x06\x00\x02\x00\x00\x00\x00\x00\x00\x00"
    b"\x02\x10\x80\x01\x00\x02\x00\x00\x00a\x00\x00\x00"
    b"\x02\x05\x90\x06\x00\x14\x00\x00\x00\x01\x00\x00\x00\x1e\x00\x07\x37\x01\x00\x00\x00\x02\x00\x00\x00b\x00\x00\x00\x00\x00",
    b"text\nbegin 644 a.txt\n+:&5L;&\\@=V]R;&0*\n`\nend\nmore\n",
    b"BEGIN:VEVENT\nSUMMARY;LANGUAGE=en:a\\, b\nDTSTART;TZID=Asia/Shanghai:20261125T100000\nORGANIZER;CN=\"A\":mailto:a@x\nEND:VEVENT\n",
]


class Seeds:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def add(self, target, data):
        if not data or len(data) > MOST_BYTES:
            return
        place = self.folder / target
        place.mkdir(parents=True, exist_ok=True)
        (place / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def text_of(part):
    try:
        return part.get_content().encode("utf-8", "replace")
    except (LookupError, ValueError, KeyError, AttributeError, TypeError):
        return part.get_payload(decode=True) or b""


def add_mail(seeds, raw):
    seeds.add("mail", raw)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    legacy = email.message_from_bytes(raw, policy=email.policy.compat32)
    for name in HEADERS:
        for value in legacy.get_all(name, []):
            seeds.add("headers", b"gb2312\n" + str(value).encode("utf-8", "replace"))
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            seeds.add("own_text", text_of(part))
        if part.get_content_type() == "text/calendar":
            seeds.add("inner", text_of(part))
        if part.get_content_type() == "text/html":
            seeds.add("html", text_of(part))
        if part.get_filename("").lower() == "winmail.dat":
            seeds.add("inner", part.get_payload(decode=True))
    if mail.get_content_type() == "multipart/report" and mail.get_boundary():
        mark = b"--" + mail.get_boundary().encode("utf-8", "replace")
        at = raw.find(b"\n" + mark)
        seeds.add("bounce", raw[at + 2 + len(mark):].lstrip(b"\r\n").replace(mark, b"--b"))


# Forms and JSON objects whose fields are signed.
FIELDS = [
    b"msisdn=86139&text=%E6%B0%B4+%26&timestamp=1461605396&sig=6af8&&x&=y&a=1&a=2&bad%zz",
    json.dumps({"msisdn": "86139", "text": "\u6c34 \U0001f600 \"x\"\n", "concat-part": 2, "flag": True, "none": None}).encode(),
    json.dumps({"text": "水😀\\/", "n": -1.5e3}, ensure_ascii=False, indent=1).encode(),
    b'{"a":{"b":1}}', b'[1]', b'{"a":"\\u0000"}',
    b'{"a":"b"}\0{"evil":"not signed"}', b'{"a":"b"}\0', b'{"a":null\0,"b":1\0}', b'{\0"a"\0:\0"b"\0}', b'{"a":"\\ud83d","b":"\\ude00\\ud83d\\ud83d\\ude00"}',
]


def main():
    seeds = Seeds(sys.argv[1])
    for data in INNER:
        seeds.add("inner", data)
    for folder in sys.argv[2:]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix == ".jsonl" or not path.is_file() or path.stat().st_size > MOST_BYTES:
                continue
            try:
                add_mail(seeds, path.read_bytes())
            except Exception:  # the library stumbles over what we want most: the mail itself is a seed by now
                continue
    for data in PUSHES:
        seeds.add("push", data)
    for data in FIELDS:
        seeds.add("fields", data)
    for number, text in enumerate(SMS_TEXTS):
        for flags in range(8):
            seeds.add("sms_text", bytes([number % 4 * 16 + flags]) + text.encode())
    for text in KEYWORDS:
        for known in (0, 4, 16, 17, 32):
            seeds.add("keywords", bytes([known]) + text.encode())


main()
