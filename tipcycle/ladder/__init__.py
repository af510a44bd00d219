"""How does a ladder become notices?"""
