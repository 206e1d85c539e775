"""What recurs across records: patterns; and writing for the wider field."""
