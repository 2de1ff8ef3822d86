"""People who sign in to a running service over HTTP, as its first users would."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FIRST = re.compile(r"логин (\S+), пароль (\S+)")
READY = re.compile(r"^  (fo_\S+)  (.+) \((\S+)\)$")
PHRASE = "тихий омут зелёный якорь"
DEMONSTRATION = {
    "Специалист фронт-офиса": "specialist",
    "Руководитель фронт-офиса": "head",
    "Специалист соседнего фронт-офиса": "specialist",
    "Специалист республиканского фронт-офиса": "republican_specialist",
    "Руководитель республиканского фронт-офиса": "republican_head",
    "Аудитор": "auditor",
    "Администратор": "administrator",
    "Программа приёма запросов": "service",
}
Send = Callable[..., Any]


class SignedIn:
    """The tokens of everybody who has signed in, kept beside the data for the next start."""

    def __init__(self, send: Send, greeting: Sequence[str], data_dir: Path) -> None:
        self._send = send
        self._file = data_dir / "tokens.json"
        self._tokens: dict[str, str] = {}
        if self._file.exists():
            self._tokens = json.loads(self._file.read_text())
        for line in greeting:
            if ready := READY.match(line.rstrip()):
                self._tokens[f"{DEMONSTRATION[ready[2]]}@{ready[3]}"] = ready[1]
            if first := FIRST.search(line):
                self._tokens["administrator@KZ"] = self._signed_in(first[1], first[2])
        self._keep()

    def token(self, who: str) -> str:
        """Return the token of somebody who is called ``role@office``, with a new account."""
        if who not in self._tokens:
            role, office = who.split("@")
            body = {
                "login": who,
                "name": f"Пример {who}",
                "office": office,
                "post": "Сотрудник",
                "roles": [role],
                "reason": "Принят на работу",
            }
            administrator = self._tokens["administrator@KZ"]
            made = self._send("POST", "/api/v1/staff", body, token=administrator)
            assert made.status == 201, made.body
            self._tokens[who] = self._signed_in(who, made.body["first_password"])
            self._keep()
        return self._tokens[who]

    def _signed_in(self, login: str, password: str) -> str:
        body = {"login": login, "password": password, "new_password": PHRASE}
        answer = self._send("POST", "/api/v1/session", body, token=None)
        assert answer.status == 201, answer.body
        token: str = answer.body["access_token"]
        return token

    def _keep(self) -> None:
        self._file.write_text(json.dumps(self._tokens))
