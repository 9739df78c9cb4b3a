"""The tags, images, ports and codecs every other package speaks, and the Modbus ends."""
