"""Which days and hours does a position work, and when does an obligation fall due?"""
