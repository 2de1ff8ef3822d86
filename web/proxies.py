"""Proxies of our own: how many stand before the service, and what is believed of them."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def behind_proxies(app: Flask, proxies: int) -> Flask:
    """Take address and scheme of a request from what so many proxies have added to it.

    What a caller writes into the same headers stands before that and is never read; with
    no proxy the headers are not read at all.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # The way Flask documents.
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0
        )
    return app
