"""Logging in: the certificates of this console, and the passphrase of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from textual import events

from hmi.desk import Desk
from hmi.dialogs.dialog import Dialog
from hmi.draw.ink import BAR, BAR_CAUTION, BAR_CURSOR, BAR_LABEL, BAR_STRONG
from hmi.draw.spans import Line, clip, fit
from hmi.draw.texts import plain
from hmi.frame import Frame
from hmi.link.wallet import Card
from protocols.passphrase import Passphrase

_WIDTH, _ROWS = 76, 8
_INNER = _WIDTH - 4
#: A question that nobody answers closes after this time, and forgets what was typed (seconds).
_TIMEOUT_S: Final = 60.0
_LONGEST: Final = 256


class LoginDialog(Dialog[None]):
    """Closes by itself when the server has let somebody in; a refusal stays there to be read, and changes nothing.

    Without certificates there is one thing to choose: to command as the port lets everybody who comes.
    """

    DEFAULT_CSS = f"""
    LoginDialog {{ align: center middle; background: transparent; }}
    LoginDialog > #login {{
        width: {_WIDTH}; height: {_ROWS + 7}; padding: 0 1; border: heavy $foreground; background: $panel;
    }}
    """

    def __init__(self, desk: Desk, cards: Sequence[Card]) -> None:
        super().__init__(desk, "login")
        self._cards: list[Card | None] = list(cards) or [None]
        self._place = next((i for i, card in enumerate(self._cards) if self._present(card)), 0)
        self._secret: Passphrase | None = None
        self._trying = False
        self._problem = ""
        self._touched_s = desk.clock()

    def paint(self, frame: Frame) -> None:
        """The list, or the field for the passphrase; closes when the operator went away."""
        if not self.is_current:
            return
        if frame.now_s - self._touched_s > _TIMEOUT_S and not self._trying:
            self._close()
            return
        lines: list[Line] = [(("Log in", BAR_STRONG), (f"   now {frame.role_text}", BAR_LABEL)), ()]
        lines += self._list() if self._secret is None else self._field(self._secret)
        lines += [()] * (_ROWS + 2 - len(lines))
        told = wrap(f"▲ {plain(self._problem)}", _INNER)[:2] if self._problem else []
        lines += [((text, BAR_CAUTION),) for text in told] + [()] * (2 - len(told))
        lines.append(((self._keys(frame), BAR_LABEL),))
        self.view.show([fit(line, _INNER, BAR) for line in lines])

    def _keys(self, frame: Frame) -> str:
        if self._trying:
            return "asking the server ..."
        if self._secret is not None:
            return "Enter log in   Esc back"
        return f"↑↓ choose   Enter log in   {'O log out   ' if frame.can_command else ''}Esc cancel"

    def _list(self) -> list[Line]:
        top = max(0, min(self._place - _ROWS // 2, len(self._cards) - _ROWS))
        return [self._row(place, self._cards[place]) for place in range(top, min(top + _ROWS, len(self._cards)))]

    def _row(self, place: int, card: Card | None) -> Line:
        mark = "●" if self._present(card) else " "
        if card is None:
            text, why = "whoever comes, as this port has it (no certificates here)", ""
        else:
            text = f"{mark} {clip(card.name, 20)} {clip((card.role or 'no role').upper(), 8)} until {card.until}"
            why = f"× {card.trouble}" if card.trouble else "passphrase" if card.locked else ""
        weak = card is not None and bool(card.trouble)
        ink = BAR_CURSOR if place == self._place else BAR_LABEL if weak else BAR
        return ((f" {text} ", ink), (f" {why}", BAR_LABEL))

    def _field(self, secret: Passphrase) -> list[Line]:
        card = self._cards[self._place]
        assert card is not None
        stars = "*" * min(len(secret), _INNER - 20)
        return [
            ((f"{card.name}, {card.role or 'no role'}, valid until {card.until}", BAR),),
            ((f"issued by {card.issuer}", BAR_LABEL),),
            (),
            (("Passphrase ", BAR), (f" {stars}_ ", BAR_CURSOR)),
        ]

    def on_key(self, event: events.Key) -> None:
        """Every key of the list and the field."""
        event.stop()
        if not self.is_current or self._trying:
            return  # typed in the same moment as what closed it, or while the server thinks
        self._touched_s = self.desk.clock()
        self._problem = ""
        if self._secret is not None:
            self._type(self._secret, event)
        elif event.key in ("up", "down"):
            self._place = max(0, min(len(self._cards) - 1, self._place + (1 if event.key == "down" else -1)))
        elif event.key == "enter":
            self._choose()
        elif event.key in ("o", "O") and not self.desk.login.out:
            self.desk.login.leave()
            self._close()
            return
        elif event.key == "escape":
            self._close()
            return
        self.repaint()

    def on_paste(self, event: events.Paste) -> None:
        """A passphrase may come from a password manager."""
        event.stop()
        if self._secret is not None and not self._trying:
            self._add(self._secret, event.text)
            self.repaint()

    def on_unmount(self) -> None:
        """Whatever closed it: nothing typed is left."""
        if self._secret is not None and not self._trying:
            self._secret.wipe()

    def _type(self, secret: Passphrase, event: events.Key) -> None:
        if event.key == "enter":
            self._try(secret)
        elif event.key == "escape":
            secret.wipe()
            self._secret = None
        elif event.key == "backspace":
            secret.rub_out()
        elif event.character:
            self._add(secret, event.character)

    def _add(self, secret: Passphrase, text: str) -> None:
        secret.type("".join(c for c in text if c.isprintable())[: _LONGEST - len(secret)])

    def _choose(self) -> None:
        card = self._cards[self._place]
        if card is not None and card.trouble:
            self._problem = f"{card.name}: {card.trouble}"
        elif card is not None and card.locked:
            self._secret = Passphrase()
        else:
            self._try(Passphrase())

    def _try(self, secret: Passphrase) -> None:
        self._trying = True
        self.app.run_worker(self._enter(self._cards[self._place], secret), group="login")

    async def _enter(self, card: Card | None, secret: Passphrase) -> None:
        why = await self.desk.login.enter(card, secret)
        self._trying, self._problem = False, why
        self._touched_s = self.desk.clock()
        if why:
            self._secret = Passphrase() if self._secret is not None else None
            self.repaint()
        else:
            self._close()

    def _present(self, card: Card | None) -> bool:
        return card is not None and not self.desk.login.out and card.identity == self.desk.login.who

    def _close(self) -> None:
        if self.is_current:
            self.dismiss(None)
