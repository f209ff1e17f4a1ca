"""The speed figures of docs/how-tested.md: `make bench`, or `python -m bench NAME…` for some of them."""
