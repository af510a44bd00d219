"""How does a file that a post sent become a Submission, and where does the file go afterwards?"""
