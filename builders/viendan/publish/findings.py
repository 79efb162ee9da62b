"""What a person should look at, from the graph of findings."""
