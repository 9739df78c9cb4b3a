"""The whole register map of the castle line: unit 1 and the boards 11-22, checked at import."""

from __future__ import annotations

from protocols.tags.line_map import LINE_MAP
from protocols.tags.station_map import BOARD_MAPS
from protocols.tags.tag import PlantMap

PLANT_MAP = PlantMap((LINE_MAP, *BOARD_MAPS))
