"""Modal questions. The screen behind them stays live."""
