"""Mutation tests of the disclosure guard: is every small mistake in it noticed by its tests?

``python -m benchmarks.mutation_guard [--every=N] [module …]`` changes one thing at a time in memory
(no file is touched), runs the guard's tests in a forked process and prints what survived. It takes
minutes and is no part of ``make test`` or ``make bench``; ``--every=5`` tries a fifth of the
changes.
"""

import ast
import copy
import importlib.abc
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "assessment.comparison"
TESTS = {
    "disclosure": ("disclosure_amounts", "disclosure"),
    "disclosure_rules": ("disclosure_amounts", "disclosure", "table_suppression", "shown_groups"),
    "guarded_amounts": ("disclosure_amounts",),
    "group_lattice": ("group_lattice", "shown_groups"),
    "shown_groups": ("shown_groups_cells", "shown_groups"),
    "release": ("release",),
    "table_suppression": ("suppression_patterns", "table_suppression"),
}
"""Module of the guard → its tests, ``tests/comparison/test_….py``."""
SECONDS = 120
"""A mutant that runs longer counts as killed: it never ends."""
WORKERS = 2

EQUIVALENT: dict[str, str] = dict(
    line.split("\t")
    for line in (ROOT / "benchmarks/mutation_equivalent.tsv").read_text("utf-8").splitlines()
)
"""Mutant (as printed, without line) → why nothing can tell it from the original."""

SWAPS: dict[type, type] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult},
    **{ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd},
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
SKIPPED = {"dataclass", "field"}
"""Calls whose arguments say nothing about the rules."""


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    module: str
    line: int
    label: str
    code: ast.Module


def mutants_of(module: str) -> Iterator[Mutant]:
    """All single changes of a module: operators, limits, negations, results."""
    tree = ast.parse((ROOT / "src/assessment/comparison" / f"{module}.py").read_text("utf-8"))
    for place in range(len(list(_sites(tree)))):
        for kind in range(2):
            changed = copy.deepcopy(tree)
            node, parent = list(_sites(changed))[place]
            before = ast.unparse(parent)
            if not _mutate(node, kind):
                break
            after = ast.unparse(parent)
            if before != after:
                label = f"{module}: {_short(before)} → {_short(after)}"
                yield Mutant(module, getattr(node, "lineno", 0), label, changed)


def _sites(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Nodes that can be changed, with the statement around them; no annotations, no texts."""
    stack: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while stack:
        node, around = stack.pop()
        if isinstance(node, ast.stmt):
            around = node
        if isinstance(
            node,
            ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp | ast.Constant | ast.Return,
        ) or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
            shown = around
            if isinstance(around, ast.FunctionDef | ast.ClassDef):
                shown = node
            yield node, shown
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list"}:
                continue
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SKIPPED:
                continue
            children = value if isinstance(value, list) else [value]
            stack += [(child, around) for child in children if isinstance(child, ast.AST)]


def _mutate(node: ast.AST, kind: int) -> bool:
    """Change a node in place; ``kind`` 1 only where there are two ways. False: no (more) way."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            node.value = not node.value
            return kind == 0
        if isinstance(node.value, int | float):
            node.value = node.value + (1 if kind == 0 else -1)
            return True
        return False
    if kind:
        return False
    if isinstance(node, ast.Compare):
        node.ops = [SWAPS[type(op)]() for op in node.ops]
        return True
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
        node.op = SWAPS[type(node.op)]()
        return True
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub | ast.Invert) else ast.Not()
        if isinstance(node.op, ast.Not):
            # not x → bool(x), written as not not x.
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        else:
            _plain(node)
        return True
    if isinstance(node, ast.Return) and node.value is not None:
        node.value = ast.Constant(None)
        return True
    if isinstance(node, ast.Call):
        name = node.func
        if isinstance(name, ast.Name) and name.id in NAMES:
            name.id = NAMES[name.id]
            return True
        if isinstance(name, ast.Attribute) and name.attr in NAMES:
            name.attr = NAMES[name.attr]
            return True
    return False


def _plain(node: ast.UnaryOp) -> None:
    # numpy has no unary plus for bool: x | x is x for both.
    node.op = ast.Invert()
    node.operand = ast.UnaryOp(ast.Invert(), node.operand)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 110 else f"{line[:107]}…"


class _Replaced(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed code where the module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = f"{PACKAGE}.{mutant.module}"
        self._code = compile(ast.fix_missing_locations(mutant.code), "mutant", "exec")

    def find_spec(self, fullname: str, path: object = None, target: object = None):
        return importlib.util.spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: object) -> None:
        exec(self._code, module.__dict__)


def killed(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether the tests notice; ``None``: the original."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if mutant is not None:
            sys.meta_path.insert(0, _Replaced(mutant))
        import pytest

        files = [str(ROOT / f"tests/comparison/test_{name}.py") for name in tests]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files])) != 0)
    return os.waitpid(child, 0)[1] != 0


def main(chosen: Sequence[str] = (), every: int = 1) -> None:
    """Try all mutants and print the survivors and the share killed."""
    # Imported before forking, so that no child loads them again.
    import hypothesis
    import pytest  # noqa: F401
    import scipy.optimize
    import scipy.sparse  # noqa: F401

    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("mutants")
    total, caught, alive = 0, 0, 0
    start = time.perf_counter()
    for module in chosen or TESTS:
        tests = TESTS[module]
        if killed(None, tests):
            raise SystemExit(f"{module}: its tests fail without any change")
        mutants = list(mutants_of(module))[::every]
        with ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(lambda mutant, t=tests: killed(mutant, t), mutants))
        survivors = [m for m, dead in zip(mutants, results, strict=True) if not dead]
        equal = [m for m in survivors if m.label in EQUIVALENT]
        for mutant in survivors:
            reason = EQUIVALENT.get(mutant.label, "SURVIVED")
            print(f"  line {mutant.line}: {mutant.label}  [{reason}]")
        total += len(mutants) - len(equal)
        caught += len(mutants) - len(survivors)
        alive += len(survivors) - len(equal)
        print(f"{module}: {len(mutants)} mutants, {len(survivors)} alive", flush=True)
    seconds = time.perf_counter() - start
    print(f"{caught} of {total} killed ({caught / total:.1%}), {alive} survived, {seconds:.0f} s")


if __name__ == "__main__":
    options = [word for word in sys.argv[1:] if word.startswith("--every=")]
    main(
        [word for word in sys.argv[1:] if word not in options],
        every=int(options[0].split("=")[1]) if options else 1,
    )
