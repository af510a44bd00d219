"""How do posts reach us over HTTP? Uploads with a token, and answers by link. The application: intake_http.py."""
