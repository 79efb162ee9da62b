"""Turn one document into Turtle: the grammar and its words, and no other document."""
