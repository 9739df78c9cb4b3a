"""The register map: what a tag is, and every tag of the plant."""
