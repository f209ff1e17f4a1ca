"""The one way out: every outgoing connection is made here, and the address of its socket is judged before it is used."""
