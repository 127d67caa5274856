"""Tables from outside and for outside, xlsx and CSV: plain cells in, plain cells out, every oddity named by its cell.

``child`` reads and writes them in a process of its own; nobody else imports ``xlsx``.
"""
