"""Hints on wording (公用文の書き方): plain texts in, hints with their places out. Never a refusal."""
