"""Words about who sits at the console, and what is told when that changes."""

from __future__ import annotations

from hmi.frame import Frame
from hmi.link.login import Login
from hmi.link.wallet import Card
from hmi.plain.unclear import Unclear
from protocols.errors import LinkError
from protocols.passphrase import Passphrase


def changes(before: Frame, now: Frame) -> list[str]:
    """Who is there now, if somebody else was; a warning before nobody is."""
    lines = [f"You are {now.role_text.lower()}"] if _known(now) and _who(before) != _who(now) else []
    if now.notice and not before.notice:
        lines.append(now.notice.replace("key", "word"))
    return lines


async def take(login: Login, verb: str, name: str) -> list[str]:
    """Carry out `login`, `login NAME` or `logout`; what to say of it. Raises Unclear."""
    if verb == "logout":
        login.leave()
        return ["This console only looks now; login lists who may log in."]
    try:
        cards = login.cards()
    except LinkError as error:
        raise Unclear(str(error)) from None
    if cards and not name:
        return [_told(card) for card in cards]
    card = next((card for card in cards if card.name == name), None)
    if cards and card is None:
        raise Unclear(f"{name} is nobody who may log in here; login lists them")
    if card is not None and card.locked:
        raise Unclear(f"the key of {name} wants a passphrase, which would be heard here: start the console with --cert")
    why = await login.enter(card, Passphrase())
    return [f"Refused: {why}."] if why else []


def _told(card: Card) -> str:
    more = card.trouble or ("with a passphrase" if card.locked else "")
    return f"{card.who}, valid until {card.until}{f', {more}' if more else ''}"


def _known(frame: Frame) -> bool:
    return frame.logged_out or frame.snapshot.session is not None


def _who(frame: Frame) -> tuple[bool, str]:
    session = frame.snapshot.session
    return frame.logged_out, f"{session.role} {session.holder}" if session is not None else ""
