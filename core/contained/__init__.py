"""Foreign files are parsed in a child process, bounded in time and memory (``run.py``).

The child (``child.py``) is this program started anew, never a fork: a process with a window does not survive one. It
has the rights of its parent. It bounds crashes, hangs and hunger of a parser and is no cage for hostile code.
"""

SWITCH = "--read-contained"
"""First argument of a child; behind it the megabytes it may take."""
