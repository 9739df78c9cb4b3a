"""The pictures of the report, as data for plotly.js; each comes with a sentence and a table that say the same."""
