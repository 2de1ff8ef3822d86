"""What is sent over HTTP where it does not matter what."""

from typing import Any

GROUP: dict[str, Any] = {
    "team_type": "initiative_group",
    "name": "Инициативная группа «Тёплый двор»",
    "region": "KZ-75",
    "district": "751410000",
    "directions": ["taza_alem"],
    "volunteer_groups": ["general"],
    "participation_modes": ["offline"],
}
