"""Serving the demo at another port than the one it was built for: its letters name the old one."""

from dataclasses import replace
from pathlib import Path

from pulse.demo.folder import Notes, write_notes


def move_to(folder: Path, notes: Notes, base_url: str) -> Notes:
    """Make every letter's link lead to `base_url`; returns the notes that say so."""
    if notes.base_url == base_url:
        return notes
    old, new = f"{notes.base_url}/".encode(), f"{base_url}/".encode()
    for letter in (folder / "mail").glob("*.eml"):
        content = letter.read_bytes()
        if old in content:
            letter.write_bytes(content.replace(old, new))
    moved = replace(notes, base_url=base_url)
    write_notes(folder, moved)
    return moved
