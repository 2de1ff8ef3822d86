"""Canaille, a real OpenID provider, in a process of its own: `python provider_process.py`.

What it knows comes as one line of JSON on its standard input; it writes its port once it
listens, and ends when its input does, so that it never outlives the test that started it.
"""

import json
import os
import socket
import sys
from threading import Thread
from typing import Any

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from flask import Flask
from werkzeug.serving import make_server


def configured(told: dict[str, Any], port: int) -> Flask:
    """Return the provider as an administrator would set it up for plain HTTP on loopback."""
    return create_app(
        {
            "SECRET_KEY": "only for tests",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "CAPTCHA_ENABLED": False, "LOGGING": None},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": told["keys"], "TRUSTED_DOMAINS": []},
        }
    )


def fill(told: dict[str, Any]) -> None:
    """Register the users, their groups and the clients."""
    members: dict[str, list[Any]] = {}
    for user_name, (password, name, groups) in told["users"].items():
        user = models.User(
            user_name=user_name, family_name=name, formatted_name=name, password=password
        )
        Backend.instance.save(user)
        for group in groups:
            members.setdefault(group, []).append(user)
    for group, users in members.items():
        Backend.instance.save(models.Group(display_name=group, members=users))
    for client_id, more in told["clients"].items():
        client = models.Client(
            client_id=client_id,
            client_name=client_id,
            redirect_uris=[told["redirect_uri"]],
            response_types=["code"],
            grant_types=["authorization_code"],
            token_endpoint_auth_method="none",
            scope=["openid", "profile", "groups"],
            **more,
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)


def serve() -> None:
    """Serve until the standard input ends."""
    told = json.loads(sys.stdin.readline())
    with socket.create_server(("127.0.0.1", told["port"])) as listening:
        port = listening.getsockname()[1]
        app = configured(told, port)
        with app.app_context():
            fill(told)
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
        Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve()
