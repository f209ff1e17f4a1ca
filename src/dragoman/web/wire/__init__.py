"""The wire: every agency's copy as it comes in, newest first, in the views an editor keeps open."""
