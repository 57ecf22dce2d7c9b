"""An array of JAX that NumPy functions accept: the blocks of the model run on it as they are.

NumPy hands its functions over to arguments that implement its protocols (NEP 13 for universal
functions, NEP 18 for the others). `Traced` implements both and calls the function of the same name
in `jax.numpy`, so that JAX can differentiate, batch and compile the code that NumPy runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import jax.numpy as jnp
from numpy.lib.mixins import NDArrayOperatorsMixin

if TYPE_CHECKING:
    import numpy as np

Untyped: TypeAlias = Any
"""What NumPy's protocols pass on, and what JAX gives back while it traces."""

_REDUCTIONS: dict[str, Untyped] = {"add": jnp.sum, "maximum": jnp.max, "minimum": jnp.min}


class Traced(NDArrayOperatorsMixin):
    """A JAX array, traced or not, behind the interface of NumPy."""

    __array_priority__ = 1000.0

    def __init__(self, value: Untyped) -> None:
        self.value = jnp.asarray(value)

    def __array_ufunc__(
        self,
        ufunc: np.ufunc,
        method: str,
        *inputs: Untyped,
        **options: Untyped,
    ) -> Untyped:
        plain = [_plain(one) for one in inputs]
        (target,) = options.pop("out", (None,))
        if target is not None and not isinstance(target, Traced):
            return NotImplemented  # a NumPy array cannot hold what JAX traces
        if method == "__call__":
            found = Traced(getattr(jnp, ufunc.__name__)(*plain, **options))
            return found if target is None else target.become(found)
        if method == "reduce" and ufunc.__name__ in _REDUCTIONS:
            return Traced(_REDUCTIONS[ufunc.__name__](*plain, **({"axis": 0} | options)))
        if method == "at" and ufunc.__name__ == "add":
            target, index, values = inputs
            target.value = target.value.at[_plain(index)].add(_plain(values))
            return None
        return NotImplemented

    def __array_function__(
        self,
        function: Untyped,
        types: Untyped,
        args: Untyped,
        options: Untyped,
    ) -> Untyped:
        del types
        found = getattr(jnp, function.__name__)(*_plain(args), **_plain(options))
        return [Traced(one) for one in found] if isinstance(found, list | tuple) else Traced(found)

    def __getitem__(self, key: Untyped) -> Traced:
        return Traced(self.value[_plain(key)])

    def __setitem__(self, key: Untyped, value: Untyped) -> None:
        self.value = self.value.at[_plain(key)].set(_plain(value))

    def __getattr__(self, name: str) -> Untyped:
        """Return a property of the array, or a method that gives another `Traced`."""
        found = getattr(self.value, name)
        if not callable(found):
            return Traced(found) if hasattr(found, "ndim") else found
        return lambda *args, **options: Traced(found(*_plain(args), **_plain(options)))

    def __len__(self) -> int:
        return len(self.value)

    def become(self, other: Traced) -> Traced:
        """Take the value of another array: what changing in place is here."""
        self.value = other.value
        return self

    def copy(self) -> Traced:
        """Return another array, which may be changed by itself."""
        return Traced(self.value)


def _plain(value: Untyped) -> Untyped:
    """Return `value` with every `Traced` inside replaced by its JAX array."""
    if isinstance(value, Traced):
        return value.value
    if isinstance(value, list | tuple):
        return type(value)(_plain(one) for one in value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value
