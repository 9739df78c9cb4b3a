"""The alarm engine of the line PLC, after ISA-18.2 and IEC 62682."""
