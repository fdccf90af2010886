#!/usr/bin/env bash
# --shift -1e-3 sets no shift in yargs-parser, minimist, mri, getopts and cac, but the options 1 and e; Python's argparse refuses it.
#
# Guess before running: a negative number after an option is its value, -1e-3 as well as -0.5, and a name of a run stays as it was typed.
# Seen: shift is true, and 1 and e are set (e to -3, where numbers are read); minimist, mri, getopts and cac do so to -0.5 as well. argparse has -0.5 and says
#   of -1e-3 that a value is missing. --run 12e4, part of a commit's name, is 120000 in the five and in Python Fire, and 007 is 7 in four. commander and
#   click are right, and with --shift=-1e-3 all are.
# Who meets it: who passes weights, gradients or a start to a script as programs print them: the script runs with its default or with
#   true, which counts as 1. Write --shift=-1e-3, and say which options are text.
# Versions: yargs-parser@22.0.0, minimist@1.2.8, mri@1.2.0, getopts@2.3.0, cac@7.1.0, commander@15.1.0; fire==0.7.1, click==8.5.1; Python 3.11, Node 20.
#   Needs node with npm, python3 with venv, and package registries. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check fire==0.7.1 click==8.5.1
cd "$place"
npm install --silent --no-audit --no-fund --prefix "$place" yargs-parser@22.0.0 minimist@1.2.8 mri@1.2.0 getopts@2.3.0 cac@7.1.0 commander@15.1.0 > npm.log
cat > "$place/probe.mjs" <<'PROBE'
import cac from "cac";
import { Command } from "commander";
import getopts from "getopts";
import minimist from "minimist";
import mri from "mri";
import yargs from "yargs-parser";

const withCac = (words) => cac().option("--shift <number>", "").parse(["node", "script", ...words], { run: false }).options;
const withCommander = (words) =>
  new Command().option("--shift <number>", "", Number).option("--run <name>").parse(words, { from: "user" }).opts();
const readers = { "yargs-parser": yargs, minimist, mri, getopts, cac: withCac, commander: withCommander };
for (const words of [["--shift", "-0.5"], ["--shift", "-1e-3"], ["--shift=-1e-3"], ["--run", "12e4"], ["--run", "007"]]) {
  for (const [name, read] of Object.entries(readers)) {
    const found = Object.entries(read(words)).filter(([key]) => key !== "_" && key !== "--");
    console.log(words.join(" "), name, JSON.stringify(Object.fromEntries(found)));
  }
}
PROBE
cat > "$place/probe.py" <<'PROBE'
import argparse

import click
import fire


def by_argparse(words):
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--shift", type=float)
    parser.add_argument("--run")
    return vars(parser.parse_args(words))


def by_fire(words):
    return fire.Fire(lambda shift=None, run=None: {"shift": shift, "run": run}, command=words)


@click.command()
@click.option("--shift", type=float)
@click.option("--run")
def command(shift, run):
    return {"shift": shift, "run": run}


def by_click(words):
    return command.main(words, standalone_mode=False)


for words in (["--shift", "-0.5"], ["--shift", "-1e-3"], ["--shift=-1e-3"], ["--run", "12e4"], ["--run", "007"]):
    for name, read in (("argparse", by_argparse), ("fire", by_fire), ("click", by_click)):
        try:
            found = {key: value for key, value in read(words).items() if value is not None}
        except argparse.ArgumentError as refused:
            found = f"refused: {refused}"
        print(*words, name, found)
PROBE
cat > "$place/expected" <<'EXPECTED'
--shift -0.5 yargs-parser {"shift":-0.5}
--shift -0.5 minimist {"0":0.5,"shift":true}
--shift -0.5 mri {"0":true,"5":true,"shift":true,".":true}
--shift -0.5 getopts {"0":0.5,"shift":true}
--shift -0.5 cac {"0":true,"5":true,"shift":true,"":[]}
--shift -0.5 commander {"shift":-0.5}
--shift -1e-3 yargs-parser {"1":true,"shift":true,"e":-3}
--shift -1e-3 minimist {"1":true,"shift":true,"e":-3}
--shift -1e-3 mri {"1":true,"3":true,"shift":true,"e":true,"-":true}
--shift -1e-3 getopts {"1":true,"shift":true,"e":-3}
--shift -1e-3 cac {"1":true,"3":true,"shift":true,"e":true,"-":true}
--shift -1e-3 commander {"shift":-0.001}
--shift=-1e-3 yargs-parser {"shift":-0.001}
--shift=-1e-3 minimist {"shift":-0.001}
--shift=-1e-3 mri {"shift":-0.001}
--shift=-1e-3 getopts {"shift":-0.001}
--shift=-1e-3 cac {"shift":-0.001}
--shift=-1e-3 commander {"shift":-0.001}
--run 12e4 yargs-parser {"run":120000}
--run 12e4 minimist {"run":120000}
--run 12e4 mri {"run":120000}
--run 12e4 getopts {"run":120000}
--run 12e4 cac {"run":120000}
--run 12e4 commander {"run":"12e4"}
--run 007 yargs-parser {"run":"007"}
--run 007 minimist {"run":7}
--run 007 mri {"run":7}
--run 007 getopts {"run":7}
--run 007 cac {"run":7}
--run 007 commander {"run":"007"}
--shift -0.5 argparse {'shift': -0.5}
--shift -0.5 fire {'shift': -0.5}
--shift -0.5 click {'shift': -0.5}
--shift -1e-3 argparse refused: argument --shift: expected one argument
--shift -1e-3 fire {'shift': -0.001}
--shift -1e-3 click {'shift': -0.001}
--shift=-1e-3 argparse {'shift': -0.001}
--shift=-1e-3 fire {'shift': -0.001}
--shift=-1e-3 click {'shift': -0.001}
--run 12e4 argparse {'run': '12e4'}
--run 12e4 fire {'run': 120000.0}
--run 12e4 click {'run': '12e4'}
--run 007 argparse {'run': '007'}
--run 007 fire {'run': '007'}
--run 007 click {'run': '007'}
EXPECTED
(node "$place/probe.mjs" && PAGER=cat "$place/venv/bin/python" "$place/probe.py" | grep -- ^--) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
