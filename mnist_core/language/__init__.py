"""Sentences, plurals and numbers in the language of whoever reads: one file a language (`de.po`)
besides English. Nothing of digits, and nothing of the web.
"""
