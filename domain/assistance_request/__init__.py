"""What a volunteer organization asks of the office, and what comes of it."""

from domain.assistance_request.request import AssistanceRequest

__all__ = ["AssistanceRequest"]
