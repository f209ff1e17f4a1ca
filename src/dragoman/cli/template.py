"""The settings file of a new node: every setting there is, with its default and what it does."""

import json

_TEXT = """\
# Dragoman: the settings of this node. The environment goes over them: DRAGOMAN_WEB_LISTEN over web.listen, and
# DRAGOMAN_…_FILE where a file holds the value. Agencies, agreements, feeds, channels and people are not settings:
# they are in the database. `dragoman config show` tells where each value comes from.

# roles = ["web", "deliver"]     # which roles run here; without it all of them
# log = "human"                  # or "json": one event, one line

[web]
listen = {listen}        # host:port
{url}                    # the address partners and browsers reach this node at
# secure_cookies = true          # without it: yes where url is https

[database]
# url = "postgresql://…"         # a PostgreSQL of your own; better as DATABASE_URL, which keeps the password out of here

[net]
# Private addresses are never connected to, except these: "10.2.0.0/16", or with a port "127.0.0.1/32:8081".
allow = {allow}

[limits]
# body_bytes = 16000000          # the largest body taken in
# decode_s = 10.0                # how long decoding one arrival may take
# decode_memory_bytes = 512000000

[work]
# decoders = 2                   # decoding processes
# batch = 32                     # arrivals stored in one transaction
# lanes = 64                     # channels served at once
# window = 16                    # deliveries under way on one channel

[print]
# chromium = ""                  # the program that prints PDF; without it a Chromium on the path

[readers]
# languages = []                 # those that copy comes in, as in ["az", "en", "ru"]; without it any
# Folders of models that read in the place of what comes with Dragoman: see docs/operate.md, Models of your own.
# names = ""                     # people and organisations
# places = ""                    # may be the same folder
# subjects = ""                  # Media Topics
# language = ""                  # which language a text is in

[link]
# window_days = 14               # items of so many days are compared with what comes in
"""


def settings_text(listen: str, url: str, allow: tuple[str, ...]) -> str:
    """The file's text. JSON strings and lists are TOML ones too."""
    named = f"url = {_string(url)}" if url else '# url = ""'
    return _TEXT.format(listen=_string(listen), url=named, allow=json.dumps(list(allow), ensure_ascii=False))


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
