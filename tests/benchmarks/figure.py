"""What a benchmark says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure. `compared_with` says in words, with its own figure, what it was measured against."""

    name: str
    value: float
    unit: str
    compared_with: str

    def line(self) -> str:
        """The figure on one line."""
        return f"{self.name}: {self.value:,.4g} {self.unit} ({self.compared_with})"
