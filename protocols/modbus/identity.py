"""Read device identification (function 43, MEI type 14): who answers here."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from pymodbus.constants import DeviceInformation, ExcCodes
from pymodbus.pdu.mei_message import ReadDeviceInformationRequest, ReadDeviceInformationResponse

from protocols.modbus.unit import ServedUnit

MEI_TYPE = 0x0E
VENDOR = "sector7"


def identify(served: ServedUnit, pdu: bytes) -> bytes | ExcCodes:
    """The body of the answer to an identification request `pdu`, or the exception."""
    if len(pdu) > 1 and pdu[1] != MEI_TYPE:
        return ExcCodes.ILLEGAL_FUNCTION
    if len(pdu) != 4:
        return ExcCodes.ILLEGAL_VALUE
    request = ReadDeviceInformationRequest()
    request.decode(pdu[1:])
    if pdu[2] not in tuple(DeviceInformation):
        return ExcCodes.ILLEGAL_VALUE
    objects = identity(served.number, served.title)
    if request.read_code == DeviceInformation.SPECIFIC:
        if request.object_id not in objects:
            return ExcCodes.ILLEGAL_ADDRESS
        selected = {request.object_id: objects[request.object_id]}
    else:
        last = 2 if request.read_code == DeviceInformation.BASIC else max(objects)
        # A stream that is asked to begin at an object that does not exist begins at the first.
        first = request.object_id if request.object_id in objects and request.object_id <= last else 0
        selected = {number: text for number, text in objects.items() if first <= number <= last}
    response = ReadDeviceInformationResponse(request.read_code, selected)
    return response.encode()


def identity(unit: int, title: str) -> dict[int, str]:
    """The identification objects of a unit by their number: vendor, code, revision, product, model."""
    return {0: VENDOR, 1: f"unit {unit}", 2: revision(), 4: "sector7 robot factory", 5: title}


@cache
def revision() -> str:
    """The version of sector7."""
    try:
        return version("sector7")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "0"
