"""``dragoman import``: files and folders into a feed of their own. Broken off, it goes on where it was: what a feed has
had is not taken again."""

import glob
import hashlib
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched_ as batched
from pathlib import Path

