"""cycleplan brings the council cycle of Dutch municipalities and the support plans of partnerships into step."""
