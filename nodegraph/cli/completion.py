"""The scripts by which a shell completes what is typed after `nodegraph`.

shtab writes them from the parser; here stands what it cannot read there: which words are files, and that the
first word may be one too.
"""

from __future__ import annotations

import argparse
from typing import Any

import shtab

from nodegraph.cli.arguments import whole_parser

FILES = ("FILE", "OUT", "TABLE")
"""The words of the help that stand for files."""

_COMPLETE_FILES = {"bash": "_nodegraph_files", "zsh": "_files", "fish": shtab.FILE["fish"]}

_BASH = r"""
_nodegraph_files() {
  compgen -f -- "$1"
}
_shtab_nodegraph_pos_0_COMPGEN=_nodegraph_files

# Bash breaks words at =. Of --format=latex the pieces are an option and its value; those of a=3 are one word.
_nodegraph() {
  local piece previous="" goes_on="" last=0
  local -a words=()
  for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ "$piece" == "=" && "$previous" != --* && ${#words[@]} -gt 1 ]]; then
      words[last]+="="
      goes_on=yes
    elif [[ "$goes_on" ]]; then
      words[last]+="$piece"
      goes_on=""
    else
      last=${#words[@]}
      words[last]="${piece/#=/}"
      [[ "$piece" == "=" ]] && goes_on=yes
    fi
    previous="$piece"
  done
  local ahead="${words[last]%"${piece/#=/}"}"  # bash puts in what follows the last = and no more
  local -a COMP_WORDS=("${words[@]}")
  local COMP_CWORD=$last
  _shtab_nodegraph
  COMPREPLY=("${COMPREPLY[@]#"$ahead"}")
}
"""
_ZSH = """
functions[_nodegraph_commands]=$functions[_shtab_nodegraph_commands]
_shtab_nodegraph_commands() {
  _alternative 'commands:command:_nodegraph_commands' 'files:file:_files'
}
"""
_PREAMBLES = {"bash": _BASH, "zsh": _ZSH}
_ENDINGS = {
    "bash": "complete -o bashdefault -F _nodegraph nodegraph\n",
    "fish": "complete -c nodegraph -n '_shtab_nodegraph_using; and test $_shtab_nodegraph_npos -eq 0'"
    f' -ka "{shtab.FILE["fish"]}"\n',
}


def script(shell: str) -> str:
    """Returns the script that makes this shell complete commands, options, choices and files."""
    parser = whole_parser()
    _mark_files(parser)
    written = shtab.complete(parser, shell, preamble=_PREAMBLES.get(shell, ""))
    return f"{written.rstrip()}\n{_ENDINGS.get(shell, '')}"


def _mark_files(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                _mark_files(inner)
        elif action.metavar in FILES:
            attributes: dict[str, Any] = vars(action)
            attributes["complete"] = _COMPLETE_FILES  # where shtab looks for it
