"""The keys of the transcript editor: one table for the handler, the hints on buttons and the help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.messages import Message, Translator, msg


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does: `does` is the name of the action in the scripts, `more` the small print.

    Keys are written as in HTML (`KeyboardEvent.key`), with what is held before them; `Mod` is ⌘ on a Mac,
    else Ctrl. `mac` are keys that are better there: F8 belongs to its media player, ⌘H hides the window.
    """

    does: str
    keys: tuple[str, ...]
    what: Message
    more: Message | None = None
    mac: tuple[str, ...] = ()
    place: Message | None = None


_START, _END = msg("{key} at the beginning"), msg("{key} at the end")
KEYS = (
    Key(
        "play",
        ("Escape",),
        msg("Play / pause"),
        msg("It goes on 1.5 s earlier; if the caret stands in another sentence, it begins there."),
    ),
    Key("back", ("F2",), msg("Back 3 seconds"), mac=("Control+j",)),
    Key("again", ("F4",), msg("This sentence once more"), mac=("Control+r",)),
    Key(
        "next",
        ("F8",),
        msg("Next suspicious place"),
        msg("Plays from 1.5 s before and stops after it."),
        ("Control+g",),
    ),
    Key("previous", ("Shift+F8",), msg("Suspicious place before"), mac=("Control+Shift+g",)),
    Key("faster", ("F9",), msg("Faster"), mac=("Control+u",)),
    Key("slower", ("Shift+F9",), msg("Slower"), mac=("Control+Shift+u",)),
    Key(
        "check",
        ("Mod+Enter",),
        msg("Sentence checked, go on"),
        msg("Sets the tick and plays on from 1.5 s before the pause."),
    ),
    Key(
        "enter",
        ("Enter",),
        msg("Split the sentence at the caret"),
        msg("At a suspicious place: leave it, and on to the next."),
    ),
    Key("join", ("Backspace",), msg("Join with the sentence before"), place=_START),
    Key("join_next", ("Delete",), msg("Join with the next sentence"), place=_END),
    Key(
        "who",
        ("@",),
        msg("Say who speaks"),
        msg("Enter: this sentence. Shift + Enter: up to the next change."),
        place=_START,
    ),
    Key("replace", ("Mod+h",), msg("Replace everywhere, with a preview"), mac=("Control+x",)),
    Key("undo", ("Mod+z",), msg("Undo"), msg("Also after “Replace everywhere” and after a restart.")),
    Key("redo", ("Mod+y", "Mod+Shift+z"), msg("Redo"), mac=("Mod+Shift+z",)),
    Key("save", ("Mod+s",), msg("Save now"), msg("Not needed: it saves itself.")),
    Key("keys", ("F1",), msg("Show these keys"), mac=("Control+i",)),
    Key("up", ("ArrowUp",), msg("To the line or sentence above")),
    Key("down", ("ArrowDown",), msg("To the line or sentence below")),
    Key("left", ("ArrowLeft",), msg("Back, also into the sentence before")),
    Key("right", ("ArrowRight",), msg("On, also into the next sentence")),
    Key("home", ("Home",), msg("To the beginning of the sentence"), mac=("Mod+ArrowLeft",)),
    Key("end", ("End",), msg("To the end of the sentence"), mac=("Mod+ArrowRight",)),
    Key("first", ("Mod+Home",), msg("To the first sentence"), mac=("Mod+ArrowUp",)),
    Key("last", ("Mod+End",), msg("To the last sentence"), mac=("Mod+ArrowDown",)),
)
_CAPS: dict[str, Message | str] = {
    # how a key is called on the keyboard
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowUp": "↑",
    "Backspace": "⌫",
    "Control": msg("Ctrl"),
    "Delete": msg("Del"),
    "End": msg("End"),
    "Escape": msg("Esc"),
    "Home": msg("Home"),
    "Mod": msg("Ctrl"),
    "Shift": "⇧",
}
_MAC_CAPS = {"Control": "⌃", "Mod": "⌘"}


def table(translate: Translator) -> list[dict[str, Any]]:
    """The table as the page has it, in the reader's language; `mac` are the words and keys of a Mac."""
    return [
        {
            "does": key.does,
            "keys": key.keys,
            **_words(key, key.keys[0], translate, {}),
            "what": translate(key.what),
            "more": translate(key.more) if key.more else "",
            "mac": {
                "keys": [*key.mac, *key.keys],
                **_words(key, (key.mac or key.keys)[0], translate, _MAC_CAPS),
            },
        }
        for key in KEYS
    ]


def _words(key: Key, pressed: str, translate: Translator, own: dict[str, str]) -> dict[str, str]:
    """`cap` is what stands on a button (`⌫`), `shown` what the help says (`⌫ at the beginning`)."""
    caps = _CAPS | own
    parts = (caps.get(part, part) for part in pressed.split("+"))
    words = [translate(part) if isinstance(part, Message) else part for part in parts]
    cap = (" " if own else " + ").join(word.upper() if len(word) == 1 else word for word in words)
    return {
        "cap": cap,
        "shown": translate(Message(key.place.text, (("key", cap),))) if key.place else cap,
    }
