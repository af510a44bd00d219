"""The nouns: frozen values without behaviour beyond what their own fields answer."""
