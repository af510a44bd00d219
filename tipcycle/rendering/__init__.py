"""How does it read? Templates of config/templates filled in; no decision is taken here."""
