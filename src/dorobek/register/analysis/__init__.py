"""What can be said about entries from their words alone: wording, likeness, level (RG-7). Pure, on plain data.

Everything here is a hint for a register editor with its reason; nothing is changed or decided by it.
"""
