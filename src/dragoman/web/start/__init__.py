"""Start here: a newcomer is led through what there is on this node, in eight steps."""
