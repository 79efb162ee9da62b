"""The three steps in their order: the only part of the package that knows extract, link and publish.

Everything here is a plain function of paths; words for people are the command line's business.
"""
