"""Degraded modes as clients see them: what stands in for machines, and what each choice would cost."""
