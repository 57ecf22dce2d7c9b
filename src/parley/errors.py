"""Every exception that Parley raises on purpose.

The tree, with the exit code that the command line gives each::

    ParleyError                  1
    ├── InputError               1  a file, option or scenario is wrong
    │   ├── PageError            1  a page cannot be read
    │   ├── SettingsError        1  a setting is unknown or out of range
    │   └── ScenarioError        1  a scenario file is wrong
    ├── DataError                1  data do not add up or are missing
    │   └── LabelError           1  economies or sectors do not match
    ├── LedgerError              1  the record cannot be opened or would break a rule
    │   └── ConflictError        1  two entries of equal rank disagree
    ├── ConvergenceError         3  the solver stopped before an equilibrium
    │   └── InfeasibleError      3  no equilibrium exists for what was asked
    └── Interrupted            130  the user stopped the work

A message says where, what (with the value), and what to do next.
"""

from __future__ import annotations


class ParleyError(Exception):
    """Base of all errors that Parley raises on purpose."""

    exit_code = 1


class InputError(ParleyError):
    """A file, an option or a value that the user gave is wrong."""


class PageError(InputError):
    """A page cannot be read: missing, empty, too large, or not text."""


class SettingsError(InputError):
    """A setting is unknown, of the wrong type, or out of range."""


class ScenarioError(InputError):
    """A scenario file has an unknown key, a wrong value, or a name that is not in the world."""


class DataError(ParleyError):
    """Data are missing or do not add up."""


class LabelError(DataError):
    """Economies or sectors do not match those that were expected."""


class LedgerError(ParleyError):
    """The record cannot be opened, or an entry would break one of its rules."""


class ConflictError(LedgerError):
    """Two entries of equal rank disagree; both are named."""


class ConvergenceError(ParleyError):
    """A solver stopped before it reached an equilibrium."""

    exit_code = 3


class InfeasibleError(ConvergenceError):
    """No equilibrium exists for what was asked; the economy or user is named."""


class Interrupted(ParleyError):  # noqa: N818 - it is an event, not a fault
    """The user stopped the work."""

    exit_code = 130
