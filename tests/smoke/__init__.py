"""Stories over a cycle on a fast clock: real SQLite, real SMTP, Slack-shaped and gateway receivers."""
