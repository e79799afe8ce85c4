"""The one set of signs: for labels and standings, always with the word within reach."""

LABELS = {"news": "●", "speculative": "◐", "spam": "✕", "heading": "¶"}
STANDINGS = {
    "on record": "◆",
    "corroborated": "●●",
    "reported": "●",
    "unverified": "◌",
    "disputed": "⇄",
    "doubtful": "?",
    "speculative": "◐",
    "unsupported": "○",
}
SIGNS = LABELS | STANDINGS
