#!/usr/bin/env python3
"""As much of GitHub's runner as contrib/github-action needs, with nothing from the network.

    runner.py ACTION STATE [INPUT=VALUE]...

Runs the steps of ACTION/action.yml in the current folder, which is the workspace.  STATE is
the runner's own folder and holds afterwards
    cache/KEY     what actions/cache@v4 keeps, over runs, as the real one does
    temp          RUNNER_TEMP; empty at the beginning, as on a new machine
    outputs       the action's outputs, "name=value" (line ends as "\\n")
    summary       the summaries of the steps
    commands      the workflow commands that steps wrote, "name parameters::message"
The token of the job is the environment's GITHUB_TOKEN, and no step sees it but by the action's
own input.  Exits as the first step that fails.
"""
import os
import re
import shutil
import subprocess
import sys


def scalar(text):
    text = text.strip()
    if text[:1] == text[-1:] and text[:1] in ("'", '"') and len(text) > 1:
        return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]
    return text


def parse(lines, at, indent):
    """The YAML that an action needs: maps, lists of maps, plain, quoted and folded text."""
    out = None
    while at < len(lines):
        line = lines[at]
        deep = len(line) - len(line.lstrip())
        if not line.strip() or line.lstrip().startswith("#"):
            at += 1
            continue
        if deep < indent:
            break
        if line.lstrip().startswith("- "):
            out = [] if out is None else out
            lines[at] = line.replace("- ", "  ", 1)
            item, at = parse(lines, at, deep + 2)
            out.append(item)
            continue
        out = {} if out is None else out
        key, value = re.match(r"\s*([\w-]+):(.*)$", line).groups()
        at += 1
        if value.strip() == ">-":
            end = at
            while end < len(lines) and lines[end].startswith(" " * (deep + 1)):
                end += 1
            out[key], at = " ".join(x.strip() for x in lines[at:end]), end
        elif value.strip():
            out[key] = scalar(value)
        else:
            out[key], at = parse(lines, at, deep + 1)
    return out, at


class Job:
    def __init__(self, action, state, inputs):
        with open(os.path.join(action, "action.yml"), encoding="utf-8") as f:
            self.action, _ = parse(f.read().split("\n"), 0, 0)
        self.path, self.state = os.path.abspath(action), os.path.abspath(state)
        self.outputs, self.commands = {}, []
        self.token = os.environ.pop("GITHUB_TOKEN", "")
        unknown = set(inputs) - set(self.action["inputs"])
        if unknown:
            sys.exit("no such input: %s" % unknown)
        self.inputs = {k: inputs.get(k, self.text(v.get("default", "")))
                       for k, v in self.action["inputs"].items()}

    def value(self, match):
        words = match.group(1).strip().split(".")
        if words[0] == "inputs":
            return self.inputs[words[1]]
        if words[0] == "steps":
            return self.outputs.get(words[1], {}).get(words[3], "")
        return {"runner.temp": self.state + "/temp", "runner.os": "Linux", "runner.arch": "X64",
                "github.token": self.token}[".".join(words)]

    def text(self, s):
        return re.sub(r"\$\{\{([^}]*)\}\}", self.value, s)

    def read_outputs(self, name):
        with open(name, encoding="utf-8") as f:
            lines = f.read().split("\n")
        out = {}
        while lines:
            key, several, rest = re.match(r"([\w-]*)(<<|=)?(.*)$", lines.pop(0)).groups()
            if several == "<<":
                end = lines.index(rest)
                out[key] = "\n".join(lines[:end])
                del lines[:end + 1]
            elif key:
                out[key] = rest
        return out

    def take_commands(self, said):
        stopped = None
        for line in said.split("\n"):
            command = re.match(r"::([\w-]+) ?(.*?)::(.*)$", line)
            if stopped:
                stopped = None if line == "::%s::" % stopped else stopped
            elif command and command.group(1) == "stop-commands":
                stopped = command.group(3)
            elif command:
                self.commands.append("%s %s::%s" % command.groups())

    def cache(self, step):
        folder = os.path.join(self.state, "cache", self.text(step["with"]["key"]))
        path = self.text(step["with"]["path"])
        if os.path.isdir(folder):
            shutil.copytree(folder, path, symlinks=True)
        return folder, path

    def run(self, step, number):
        output = "%s/output-%d" % (self.state, number)
        open(output, "w", encoding="utf-8").close()
        env = dict(os.environ, GITHUB_OUTPUT=output, GITHUB_STEP_SUMMARY=self.state + "/summary",
                   GITHUB_ACTION_PATH=self.path, RUNNER_TEMP=self.state + "/temp",
                   GITHUB_WORKSPACE=os.getcwd())
        env.update({k: self.text(v) for k, v in step.get("env", {}).items()})
        script = self.text(step["run"])
        done = subprocess.run([step["shell"], "-e", "-c", script], env=env, text=True,
                              cwd=self.text(step.get("working-directory", ".")),
                              stdout=subprocess.PIPE, errors="replace", check=False)
        sys.stdout.write(done.stdout)
        self.take_commands(done.stdout)
        self.outputs[step.get("id")] = self.read_outputs(output)
        return done.returncode

    def all_steps(self):
        saved, status = [], 0
        for number, step in enumerate(self.action["runs"]["steps"]):
            if step.get("uses") == "actions/cache@v4":
                saved.append(self.cache(step))
            elif not status:
                status = self.run(step, number)
        for folder, path in saved if not status else ():
            if not os.path.isdir(folder) and os.path.isdir(path):
                shutil.copytree(path, folder, symlinks=True)
        with open(self.state + "/outputs", "w", encoding="utf-8") as f:
            for name, output in self.action["outputs"].items():
                f.write("%s=%s\n" % (name, self.text(output["value"]).replace("\n", "\\n")))
        with open(self.state + "/commands", "w", encoding="utf-8") as f:
            f.write("".join(c + "\n" for c in self.commands))
        return status


def main(action, state, *inputs):
    shutil.rmtree(os.path.join(state, "temp"), ignore_errors=True)
    os.makedirs(os.path.join(state, "temp"))
    return Job(action, state, dict(i.split("=", 1) for i in inputs)).all_steps()


sys.exit(main(*sys.argv[1:]))
