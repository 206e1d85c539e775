"""What somebody types who wants more than words: markup, htmx, Markdown, formulas, headers, marks of direction.

In each stands a word of its own, with a number that says where it was typed. If anything of it comes alive, that word
stands where no word may: in a tag, a name, an address, a header.
"""

import re

WORD = "obeyed"
MARK = re.compile(rf"{WORD}(\d+)", re.I)
# Closes whatever it may stand in, and opens something.
CLOSES = """'"></p></textarea><i id=@@ hx-get=/@@>"""
SHORT = "'\"><i id=@@>"
LINES = (
    "<script>@@=1</script>",
    "<img src=/@@ onerror=@@=1>",
    "</title></script><script src=/@@></script>",
    '" autofocus onfocus=@@=1 x="',
    "' onmouseover='@@=1",
    "<svg onload=@@=1><use href=/@@#a>",
    "<a href=javascript:@@=1>@@</a>",
    "<div hx-get=/@@ hx-trigger=load>",
    "<b data-hx-post=/@@ hx-on:load=@@=1>",
    "<hx-partial hx-target=#main>@@</hx-partial>",
    "<p hx-swap-oob=true id=@@>",
    "<iframe srcdoc=@@></iframe><object data=/@@>",
    "<meta http-equiv=refresh content=0;url=/@@>",
    "<base href=//@@.example/>",
    "<style>@@{}</style><link rel=stylesheet href=/@@>",
    "<form action=/@@><input formaction=/@@ autofocus>",
    "<template shadowrootmode=open>@@</template><dialog open id=@@>",
    "<!-- @@ --><![CDATA[@@]]><?@@ ?>",
    # Markdown
    "[@@](javascript:@@=1) ![@@](//@@.example/a.png)",
    "# @@ **b** `<b id=@@>`",
    # What urlize makes a link of, or must not
    'https://@@.example/"onmouseover="@@',
    "@@@x.example'onclick='@@ javascript:@@=1",
    # A formula
    '=HYPERLINK("http://@@.example/","@@")',
    "+@@",
    "-@@",
    "@SUM(@@)",
    "\uff1d@@",
    # Templates and formats
    '{{ 7|add:7 }}{% now "Y" %}${@@}%(@@)s{@@}',
    "&lt;b id=@@&gt;&#60;i id=@@&#62;",
    "\uff1cb id=@@\uff1e",
    # Turned round and back; nothing to be seen
    "\u202e@@\u202c \u2067@@\u2069",
    "@@\u200b\u2060\ufeff<\u200bb id=@@>",
)
# Only where there may be several lines.
PARAGRAPHS = ("@@\r\nBcc: @@@example.org\r\n\r\n<b id=@@>", "\t=@@")
# Turns round what stands after it; so nothing of one's own does.
TURNS_ROUND = "@@ \u202e\u2066"
# Each on one line, and refused there.
NOT_ON_A_LINE = (
    "@@\r\nBcc: @@@example.org",
    "@@\nBcc: @@@example.org",
    "@@\u2028Bcc: @@@example.org",
    "@@\x1b[2J@@",
    "@@\0",
    "@@ \u202e",
    "@@ \u2066",
)
TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def marked(payload: str, number: int) -> str:
    """Give a payload with the word of that number in it."""
    return payload.replace("@@", f"{WORD}{number}")


def words(number: int, limit: int | None, *, lines: bool, turn: int = 0) -> str:
    """Fit as many payloads as a box takes: all of them in a large one, in a small one others at each turn."""
    limit = limit or 5_000
    closes = marked(CLOSES, number)
    if len(closes) > limit:
        return marked(SHORT, number)[:limit]
    between = "\n\n" if lines else " "
    payloads = [marked(payload, number) for payload in (*LINES, *(PARAGRAPHS if lines else ()))]
    start = turn * 7 % len(payloads)
    chosen, room = [], limit - len(closes)
    for payload in (*payloads[start:], *payloads[:start]):
        # A browser sends a line break as two characters, and the form counts one.
        room -= len(payload) + len(between)
        if room < 0:
            break
        chosen.append(payload)
    return between.join([*chosen, closes])


def paragraphs(number: int, limit: int | None, *, turn: int) -> str:
    """Give payloads over several lines, the last of which turns round what comes; at some turns only that one."""
    turns_round = marked(TURNS_ROUND, number)
    if turn % 4 == 3:
        return turns_round
    return f"{words(number, (limit or 5_000) - 30, lines=True, turn=turn)} {turn}\n\n{turns_round}"


def mail_address(number: int, turn: int) -> str:
    """Give an e-mail address that is one by all rules, and is markup as well."""
    return f'"<i/id={WORD}{number}>{turn}"@example.org'


def web_address(number: int, turn: int) -> str:
    """Give an address elsewhere that is one by all rules, and is markup as well."""
    return f"https://{WORD}{number}.example/'\"><i/id={WORD}{number}>{turn}"


def open_turns(text: str) -> bool:
    """Say whether what comes after this text would be turned round, or turned with it."""
    depth = {"\u202c": 0, "\u2069": 0}
    for found in TURNS.findall(text):
        if found in depth:
            depth[found] = max(0, depth[found] - 1)
        else:
            depth["\u2069" if found >= "\u2066" else "\u202c"] += 1
    return any(depth.values())
