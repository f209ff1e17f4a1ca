"""The ways in: polled feeds, watched folders, pushes, partners' change feeds. Bytes are on disk before anyone is told "got it"."""
