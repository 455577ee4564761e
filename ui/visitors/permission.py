"""Whether this visitor may train, and the word that a teacher may have asked for."""

import hashlib
import hmac

import msgspec
import streamlit as st
from filelock import FileLock, Timeout

from mnist_core.jobs import training_rules
from mnist_core.language.translation import _, to_translate
from mnist_core.models import store
from mnist_core.system import atomic_file, server_settings
from mnist_core.system.atomic_file import Damaged
from ui.shell import visitor
from ui.visitors import client, request_limits

_FILE = ".limits/training-word.json"
_MOST_KNOWN = 2_000
_LONGEST_WORD = 100
_TIMEOUT_SECONDS = 5.0
_GRANTED, _PROBLEM, _TYPED = "permission/granted", "permission/problem", "permission/typed"

_NEEDS_WORD = to_translate("Training needs a word here. Type it on Train, and then try again.")


def why_not() -> str | None:
    """Why this visitor cannot train now, as a sentence; None if they can ask for it."""
    if (reason := training_rules.why_no_training()) is not None:
        return reason
    return _(_NEEDS_WORD) if needs_word() else None


def needs_word() -> bool:
    """Whether the visitor has to type the word first."""
    word = server_settings.training_word()
    if not word or client.is_owner():
        return False
    proof = _proof(word)
    if st.session_state.get(_GRANTED) != proof and proof not in _read():
        return True
    st.session_state[_GRANTED] = proof
    return False


def why_not_in_class(code: str, proof: str) -> str | None:
    """Why nobody of a class can train, as a sentence; None if all of them can ask for it.

    A class whose teacher has typed the word needs no other; see `word_for_class`.

    Args:
        code: of the class's room.
        proof: what is kept there.
    """
    if (reason := training_rules.why_no_training()) is not None:
        return reason
    word = server_settings.training_word()
    if not word or client.is_owner():
        return None
    if hmac.compare_digest(proof.encode(), _class_proof(code, word).encode()):
        return None
    return why_not()


def word_for_class(code: str) -> str:
    """What lets a class train, to be kept in its room: only a visitor who may train gets it.

    Empty where they may not, or where no word is asked for.
    """
    word = server_settings.training_word()
    return "" if not word or needs_word() else _class_proof(code, word)


def ask_for_word() -> None:
    """Show the field for the word."""
    st.text_input(
        _("The word for training"),
        key=_TYPED,
        type="password",
        max_chars=_LONGEST_WORD,
        autocomplete="off",
        width=340,
        help=_("Whoever runs this server, such as your teacher, has it. You type it once."),
        on_change=_check,
    )
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem)


def _check() -> None:
    typed = str(st.session_state.pop(_TYPED, ""))[:_LONGEST_WORD].strip()
    if not typed:
        return
    if refusal := request_limits.refusal(request_limits.WORD_TRIES):
        st.session_state[_PROBLEM] = refusal
        return
    word = server_settings.training_word()
    # Of hashes, so that neither what differs nor the length shows in the time it takes.
    if hmac.compare_digest(_hash(typed), _hash(word.strip())):
        st.session_state[_GRANTED] = _proof(word)
        _remember(_proof(word))
    else:
        st.session_state[_PROBLEM] = _("That is not the word. Ask whoever runs this server for it.")


def _hash(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()


def _proof(word: str) -> str:
    """That this visitor has typed this word: worthless to others, and for another word."""
    data = f"{visitor.owner()} {word}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]


def _class_proof(code: str, word: str) -> str:
    """That a class may train: worthless for another class, and for another word."""
    data = f"class {code} {word}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]


def _read() -> list[str]:
    """The proofs that were given, the latest last."""
    try:
        return atomic_file.read(store.local_directory() / _FILE, list[str]) or []
    except Damaged:
        return []


def _remember(proof: str) -> None:
    """Keep a proof for the next visit; where the disk is full, the word is asked for again."""
    file = store.local_directory() / _FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock"), timeout=_TIMEOUT_SECONDS):
            known = [*(one for one in _read() if one != proof), proof][-_MOST_KNOWN:]
            atomic_file.write(file, msgspec.json.encode(known))
    except (OSError, Timeout):
        return
