"""How the sample plans are set: source text to blocks, blocks to flowables, flowables to designed pages."""
