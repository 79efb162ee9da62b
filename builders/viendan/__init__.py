"""viendan: a citation knowledge graph of Vietnamese party and state directives.

Three steps, each a pure function of what the one before wrote: ``extract`` (a document to Turtle), ``link`` (all Turtle
to one graph), ``publish`` (questions to pages and reports). ``pipeline`` is the only part that knows all three.
"""

__version__ = "0.1.0"
