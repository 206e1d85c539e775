"""Looking again at what a partnership set out to do, and what a supervision session leaves."""
